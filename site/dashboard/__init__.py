"""The admin's home page, the “What is due” report, and the weekly mail about it."""
