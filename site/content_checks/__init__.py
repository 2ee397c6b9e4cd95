"""Checks of text: claims that a clinic may not make, their negation in English, and readability."""
