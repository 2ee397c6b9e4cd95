"""The template tags that draw skin: in section, and face-on under a lamp."""

from django import template
from django.utils.translation import gettext as _

from common.types import Context
from treatments.choices import MonkTone
from treatments.drawings import draw
from treatments.drawings.face_on import face_on

register = template.Library()

#: Default step of the Monk scale for each drawing. They differ, so that the site shows many skin tones.
TONES = {
    "healthy": 5, "ice_pick": 6, "boxcar": 3, "rolling": 8, "hypertrophic": 9, "keloid": 10, "red_mark": 2,
    "brown_mark": 7, "laser": 4, "peel": 5, "microdermabrasion": 2, "skincare": 9, "filler": 6, "mixture": 5,
}  # fmt: skip


@register.inclusion_tag("components/skin_drawing.html")
def skin_drawing(*, name: str, labelled: bool = False, tone: int = 0, description: str = "") -> Context:
    """Draw one cross-section. Without a description, screen readers skip it as decoration.

    `tone` is a step of the Monk scale from 1 to 10; 0 means the default of the drawing.
    """
    return {"section": draw(name or "healthy"), "labelled": labelled, "tone": tone or TONES.get(name, 5), "description": description}


#: Which wall is dark and which bright where the light comes from a side. `turned` names the mirrored gradients.
SIDES = (
    {"name": "left", "turned": "", "left": "shade", "right": "light"},
    {"name": "right", "turned": "-turned", "left": "light", "right": "shade"},
)


@register.inclusion_tag("components/lamp_or_section.html")
def lamp(*, name: str, labelled: bool = False, tone: int = 0, description: str = "") -> Context:
    """Skin face-on above its cross-section, with a lamp to turn; the cross-section alone for drawings that show no scar.

    Arguments as of `skin_drawing`. At most one on a page, because its parts have ids.
    """
    tone = tone or TONES.get(name, 5)
    return {
        "patch": face_on(name),
        "section": draw(name or "healthy"),
        "tone": tone,
        "tones": MonkTone.choices,
        "description": description,
        "labelled": labelled,
        "sides": SIDES,
        "stills": (
            {"name": "left", "title": _("Light from the left"), "description": _("Light from the left: each dip has a shadow")},
            {"name": "front", "title": _("From the front"), "description": _("Light from the front: dips hardly show")},
            {"name": "right", "title": _("From the right"), "description": _("Light from the right: the shadows change sides")},
        ),
    }
