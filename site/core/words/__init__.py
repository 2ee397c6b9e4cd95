"""The checker of words: claims that a clinic may not make, and sentences that are hard to read."""
