"""Drawings of skin in templates."""

from typing import Any

from django import template

from treatments.drawings import draw

register = template.Library()

#: Each drawing shows another skin tone of the Monk scale, so that the site as a whole shows many.
TONES = {
    "healthy": 5, "ice_pick": 6, "boxcar": 3, "rolling": 8, "hypertrophic": 9, "keloid": 10, "red_mark": 2,
    "brown_mark": 7, "laser": 4, "peel": 5, "microdermabrasion": 2, "skincare": 9, "filler": 6, "mixture": 5,
}  # fmt: skip


@register.inclusion_tag("components/skin_drawing.html")
def skin_drawing(*, name: str, labelled: bool = False, tone: int = 0, description: str = "") -> dict[str, Any]:
    """One cross-section. Without a description it is decoration to a screen reader.

    `tone` is a step of the Monk scale from 1 to 10; 0 takes the drawing's own.
    """
    return {"section": draw(name or "healthy"), "labelled": labelled, "tone": tone or TONES.get(name, 5), "description": description}
