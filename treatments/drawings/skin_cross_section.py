"""The drawing: four layers below a surface, and what a scar or a treatment adds to them.

Scale: 64 units are one millimeter; widths and depths of scars follow Jacob 2001 (PMID 11423843).
The outermost layers are drawn about three times too thick, since they would not be visible otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from treatments.choices import Drawing
from treatments.drawings import details, labels
from treatments.drawings.geometry import Profile, area_below, bump, offset, open_path, plateau, sample, spike

SURFACE = 92
CORNEUM = 6
EPIDERMIS = 22
DERMIS_FLOOR = 246
HEIGHT = 312


@dataclass(frozen=True)
class SkinSection:
    """The SVG paths of one drawing, for `components/skin_drawing.html`."""

    name: str
    width: int
    height: int
    corneum: str
    epidermis: str
    basal_line: str
    dermis: str
    subcutis: str
    fibres: str
    lobules: str
    details: tuple[details.Detail, ...]
    labels: tuple[labels.Label, ...]


def flat(x: float) -> float:
    """An even surface."""
    return 0.0


#: By name: width of the drawing, profile of the surface (positive is downward), and a function that returns the details.
RECIPES: dict[str, tuple[int, Profile, Callable[[Profile, int], list[details.Detail]]]] = {
    Drawing.HEALTHY: (480, flat, details.no_details),
    Drawing.ICE_PICK: (480, lambda x: spike(x, 240, 42, 128), details.no_details),
    Drawing.BOXCAR: (480, lambda x: plateau(x, 240, 104, 30, 16), details.dense_floor),
    Drawing.ROLLING: (480, lambda x: bump(x, 290, 155, 36), details.tethers),
    Drawing.HYPERTROPHIC: (480, lambda x: -bump(x, 240, 100, 42, 2.6), details.scar_within_wound),
    Drawing.KELOID: (480, lambda x: -bump(x, 240, 190, 62, 3.2) + bump(x, 240, 60, 6), details.scar_beyond_wound),
    Drawing.RED_MARK: (480, flat, details.vessels),
    Drawing.BROWN_MARK: (480, flat, details.pigment),
    Drawing.LASER: (480, lambda x: plateau(x, 240, 104, 18, 30), details.laser_columns),
    Drawing.PEEL: (480, flat, details.peel_depths),
    Drawing.MICRODERMABRASION: (480, flat, details.abrasion),
    Drawing.SKINCARE: (480, flat, details.cream),
    Drawing.FILLER: (480, lambda x: bump(x, 240, 170, 9), details.filler_pools),
    "mixture": (
        960,
        lambda x: spike(x, 170, 40, 122) + plateau(x, 430, 100, 38, 16) + bump(x, 747, 180, 35),
        details.mixture_tethers,
    ),
}


@cache
def draw(name: str) -> SkinSection:
    """The drawing of this name; healthy skin for an unknown name."""
    width, profile, make_details = RECIPES.get(name, RECIPES[Drawing.HEALTHY])
    surface = sample(profile, width, SURFACE)
    # Deep scars thin the dermis from above, so its lower edge moves only a little.
    dermis_floor = sample(lambda x: 0.12 * profile(x) + 5 * bump(x % 160, 80, 80, 1), width, DERMIS_FLOOR)
    basal = offset(surface, EPIDERMIS)
    return SkinSection(
        name=str(name),
        width=width,
        height=HEIGHT,
        corneum=area_below(surface, width, HEIGHT),
        epidermis=area_below(offset(surface, CORNEUM), width, HEIGHT),
        basal_line=open_path(basal),
        dermis=area_below(basal, width, HEIGHT),
        subcutis=area_below(dermis_floor, width, HEIGHT),
        fibres=details.collagen(profile, width),
        lobules=details.fat(width),
        details=tuple(make_details(profile, width)),
        labels=labels.LABELS.get(str(name), ()),
    )
