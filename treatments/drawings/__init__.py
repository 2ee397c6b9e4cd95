"""Cross-sections of skin, computed to one scale, so that every drawing can be compared with every other."""

from treatments.drawings.section import SkinSection, draw

__all__ = ["SkinSection", "draw"]
