"""Skin seen face-on, as in a mirror, lit from a side. It shows what the cross-section of the same name shows, at the same scale.

A wall that faces away from the lamp is dark, one that faces it is bright, and flat marks look the same in every light.
"""

from dataclasses import dataclass

from treatments.choices import Drawing

HEIGHT = 200
#: Where the cross-section cuts the patch.
CUT = 100


@dataclass(frozen=True)
class Shape:
    """One scar: its kind, which says how light falls on it, its center and its half width and height."""

    kind: str
    x: int
    y: int
    rx: int
    ry: int

    @property
    def left(self) -> int:
        """Center of the left wall."""
        return self.x - round(self.rx * 0.45)

    @property
    def right(self) -> int:
        """Center of the right wall."""
        return self.x + round(self.rx * 0.45)

    @property
    def wall(self) -> int:
        """Half width of the shade on a wall."""
        return round(self.rx * 0.62)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height."""
        return self.x - self.rx, self.y - self.ry, 2 * self.rx, 2 * self.ry


@dataclass(frozen=True)
class Patch:
    """A patch of skin with its scars."""

    name: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


def _pits(*places: tuple[int, int, int]) -> tuple[Shape, ...]:
    return tuple(Shape("pit", x, y, size, size) for x, y, size in places)


#: By the name of the drawing. The first shape is the one that the cross-section cuts.
SHAPES: dict[str, tuple[Shape, ...]] = {
    Drawing.ICE_PICK: _pits((240, CUT, 40), (96, 52, 30), (148, 152, 34), (330, 48, 28), (398, 142, 36)),
    Drawing.BOXCAR: (Shape("box", 240, CUT, 104, 58), Shape("box", 60, 40, 46, 30), Shape("box", 420, 160, 50, 32)),
    Drawing.ROLLING: (Shape("dip", 290, CUT, 155, 84), Shape("dip", 50, 168, 130, 70), Shape("dip", 90, 24, 110, 56)),
    Drawing.HYPERTROPHIC: (Shape("dome", 240, CUT, 100, 52),),
    Drawing.KELOID: (Shape("dome", 240, CUT, 190, 78),),
    Drawing.RED_MARK: (Shape("red", 240, CUT, 110, 62), Shape("red", 70, 46, 44, 30), Shape("red", 420, 150, 52, 36)),
    Drawing.BROWN_MARK: (Shape("brown", 240, CUT, 108, 60), Shape("brown", 66, 150, 46, 32), Shape("brown", 410, 44, 54, 34)),
    "mixture": (
        *_pits((170, CUT, 40), (60, 52, 28), (100, 150, 32)),
        Shape("box", 430, CUT, 100, 56),
        Shape("dip", 747, CUT, 180, 84),
        Shape("brown", 900, 40, 40, 24),
    ),
}


def face_on(name: str) -> Patch | None:
    """The patch of this name. None for drawings of treatments, which show no scar from above."""
    shapes = SHAPES.get(name)
    return Patch(str(name), 960 if name == "mixture" else 480, HEIGHT, shapes) if shapes else None
