"""Rendered pages and fragments, cached for all readers until something that readers see changes."""
