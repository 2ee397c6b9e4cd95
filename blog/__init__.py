"""Articles that teach about scars."""
