"""The page with the consultation form: its texts and questions, which staff edit, the form, and the view that submits it."""
