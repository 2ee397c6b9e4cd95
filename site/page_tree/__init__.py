"""From an address to a page: routing, visibility, and reading linked pages together."""
