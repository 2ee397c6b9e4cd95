"""Rendered pages and fragments, stored for everybody until something that readers see changes."""
