"""What a scar or a treatment adds to the layers of skin, as SVG paths with a CSS class for the color."""

from dataclasses import dataclass

from treatments.drawings.geometry import Profile, area_below, bump, open_path, sample

SURFACE = 92


@dataclass(frozen=True)
class Detail:
    """One SVG path and its class in `skin.css`."""

    kind: str
    path: str


def no_details(profile: Profile, width: int) -> list[Detail]:
    """Nothing beyond the layers."""
    return []


def collagen(profile: Profile, width: int) -> str:
    """Loose wavy fibers through the dermis, at a distance from the surface."""
    return "".join(
        f"M{x} {y}q10-7 20 0t20 0"
        for row, y in enumerate((148, 170, 192, 214, 234))
        for x in range(10 + row % 2 * 34, width - 40, 70)
        if y > SURFACE + profile(x + 20) + 44
    )


def fat(width: int) -> str:
    """Rounded lobules of the subcutis."""
    upper = "".join(f"M{x} 274a20 14 0 1 0 40 0a20 14 0 1 0-40 0" for x in range(4, width - 36, 46))
    lower = "".join(f"M{x} 300a20 14 0 1 0 40 0a20 14 0 1 0-40 0" for x in range(-19, width, 46))
    return upper + lower


def dense_floor(profile: Profile, width: int) -> list[Detail]:
    """Tight, parallel scar fibers below the flat floor of a boxcar scar."""
    return [Detail("scar-fibre", "".join(f"M{x} {y}h44" for y in (170, 178, 186) for x in range(160 + (y - 170) // 2, 310, 52)))]


def tethers(profile: Profile, width: int) -> list[Detail]:
    """Bands that hold a rolling scar down from below."""
    return [Detail("tether", "".join(f"M{x} {SURFACE + profile(x) + 24:.0f}q6 40-3 80t4 62" for x in (246, 268, 292, 314, 336)))]


def mixture_tethers(profile: Profile, width: int) -> list[Detail]:
    """Scar fibers and bands of the wide drawing, which shows several kinds of scars."""
    return [
        Detail("scar-fibre", "".join(f"M{x} {y}h40" for y in (168, 177) for x in range(352, 500, 50))),
        Detail("tether", "".join(f"M{x} {SURFACE + profile(x) + 24:.0f}q6 40-3 80t4 62" for x in (696, 720, 746, 772, 798))),
    ]


def whorls(xs: tuple[int, ...], ys: tuple[int, ...]) -> str:
    """Thick bundles of collagen in a raised scar."""
    return "".join(f"M{x} {y}q16-12 34 0t34 0" for y in ys for x in xs)


def scar_within_wound(profile: Profile, width: int) -> list[Detail]:
    """A raised scar that stays between the edges of the wound."""
    return [Detail("bundle", whorls((168, 238), (104, 122, 140))), Detail("wound-edge", "M138 52V222M342 52V222")]


def scar_beyond_wound(profile: Profile, width: int) -> list[Detail]:
    """A raised scar that has grown beyond the edges of the wound."""
    return [Detail("bundle", whorls((88, 162, 236, 310), (88, 106, 124, 144))), Detail("wound-edge", "M186 22V222M294 22V222")]


def vessels(profile: Profile, width: int) -> list[Detail]:
    """Widened small vessels just below the epidermis: the red of a fresh mark."""
    loops = "".join(f"M{x} 176C{x - 4} 130 {x + 2} 122 {x + 9} 122S{x + 20} 132 {x + 16} 176" for x in range(150, 330, 32))
    return [
        Detail("flush", "M120 92H360V118C350 172 300 182 240 182S130 172 120 118Z"),
        Detail("vessel", f"{loops}M140 178q50 12 100 0t110 0"),
    ]


def pigment(profile: Profile, width: int) -> list[Detail]:
    """More pigment in the epidermis, and a little that has dropped below it."""
    upper = "".join(f"M{x} {y}h.1" for y in (104, 110) for x in range(132 + (y - 104) // 2, 352, 9))
    dropped = "".join(f"M{x} {y}h.1" for x, y in ((164, 128), (188, 136), (214, 126), (238, 134), (262, 128), (290, 138), (318, 126)))
    return [Detail("pigment", upper), Detail("pigment pigment-deep", dropped)]


def laser_columns(profile: Profile, width: int) -> list[Detail]:
    """Narrow columns of heat with untouched skin between them."""
    xs = range(126, 370, 38)
    columns = "".join(f"M{x - 4} {SURFACE + profile(x):.0f}h8l-2 {88 - profile(x):.0f}q-2 8-4 0Z" for x in xs)
    beams = "".join(f"M{x} 18V{SURFACE + profile(x):.0f}" for x in xs)
    return [Detail("beam", beams), Detail("column", columns)]


def peel_depths(profile: Profile, width: int) -> list[Detail]:
    """How deep a superficial, a medium and a deep peel reach."""
    return [
        Detail("reach reach-1", "M104 92H212V108H104Z"),
        Detail("reach reach-2", "M226 92H334V142H226Z"),
        Detail("reach reach-3", "M348 92H456V190H348Z"),
        Detail("liquid", f"M96 84q8-8 16 0{'t16 0' * 22}V91H96Z"),
    ]


def abrasion(profile: Profile, width: int) -> list[Detail]:
    """The thinnest outer layer lifted off in flakes."""
    flakes = "".join(
        f"M{x} {y}l11-4 4 6-12 3Z" for x, y in ((150, 76), (182, 62), (214, 74), (246, 56), (278, 72), (306, 60), (232, 40), (190, 44))
    )
    return [Detail("worn", "M120 92H360V98H120Z"), Detail("flake", flakes)]


def cream(profile: Profile, width: int) -> list[Detail]:
    """A film on the surface; what it carries stays near the top."""
    film = "M70 92C80 80 120 78 240 78S400 80 410 92Z"
    drops = "".join(
        f"M{x} {y}h.1" for x, y in ((120, 104), (156, 110), (192, 103), (228, 112), (264, 104), (300, 111), (336, 103), (366, 109))
    )
    rays = "".join(f"M{x} 24l18 40" for x in (150, 200, 250, 300))
    return [Detail("ray", rays), Detail("cream", film), Detail("active", drops)]


def filler_pools(profile: Profile, width: int) -> list[Detail]:
    """Gel that lifts a rolling scar from below. The dashed line is the surface before the treatment."""
    before = open_path(sample(lambda x: bump(x, 240, 170, 36), width, SURFACE))
    pool = area_below(sample(lambda x: -bump(x, 240, 128, 30, 2.4), width, 204), width, 206).split("V")[0]
    return [
        Detail("gel", f"{pool}Z"),
        Detail("gel", "M150 214q90 26 180 0q-90 10-180 0Z"),
        Detail("before", before),
        Detail("needle", "M470 20L344 186"),
    ]
