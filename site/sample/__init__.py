"""A complete, fictional clinic as data, its loader, and demo accounts."""
