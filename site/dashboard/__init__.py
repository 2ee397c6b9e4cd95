"""The admin's home page, what is due, and the weekly mail about it."""
