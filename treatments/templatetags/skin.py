"""The template tag that draws skin."""

from django import template

from common.types import Context
from treatments.drawings import draw

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
