"""StreamField blocks that editors build pages from. Each module has one theme."""
