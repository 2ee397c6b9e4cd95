"""Cross-sections of skin, computed to one scale so that all drawings can be compared."""

from treatments.drawings.skin_cross_section import SkinSection, draw

__all__ = ["SkinSection", "draw"]
