"""Blocks of the home page."""

from home.blocks.body import HomeBodyBlock

__all__ = ["HomeBodyBlock"]
