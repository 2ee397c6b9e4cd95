"""The page tree for readers: routing, visibility, and batched reading of linked pages."""
