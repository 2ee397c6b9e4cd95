"""Checks of a text: claims that a clinic may not make, how English takes them back, and how hard the text is to read."""
