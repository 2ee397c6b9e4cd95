"""Search: names first, misspelt or not, then whatever the text holds."""
