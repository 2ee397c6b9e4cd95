"""The page with the consultation form: its words and questions as staff edit them, the form, and taking it in."""
