"""What patients do: send a request, and come back to it with a receipt code."""
