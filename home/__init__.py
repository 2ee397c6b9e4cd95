"""Home, standard and team pages, and the site search."""
