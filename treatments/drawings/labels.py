"""What a drawing names besides the layers, as real text."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Label:
    """A word at a place of the drawing, as real text."""

    x: int
    y: int
    text: str | Promise


#: By the name of the drawing.
LABELS: dict[str, tuple[Label, ...]] = {
    "boxcar": (Label(240, 214, _("scar fibers")),),
    "rolling": (Label(290, 236, _("bands that pull down")),),
    "hypertrophic": (Label(240, 240, _("stays between the wound's edges")),),
    "keloid": (Label(240, 240, _("grows past the wound's edges")),),
    "red_mark": (Label(240, 206, _("widened vessels")),),
    "brown_mark": (Label(240, 166, _("more pigment")),),
    "laser": (Label(250, 206, _("columns of heat, skin between them untouched")),),
    "peel": (Label(158, 128, _("light")), Label(280, 162, _("medium")), Label(402, 210, _("deep"))),
    "microdermabrasion": (Label(240, 34, _("only this comes off")),),
    "skincare": (Label(240, 138, _("stays near the surface")),),
    "filler": (Label(92, 148, _("as it was before")), Label(240, 250, _("gel"))),
}
