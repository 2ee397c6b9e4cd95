"""Site search: names first, with typing mistakes corrected, then full text."""
