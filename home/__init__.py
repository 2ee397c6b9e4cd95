"""The front door: home, standard and team pages, search."""
