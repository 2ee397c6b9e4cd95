"""A complete, fictional clinic, and its loader."""
