"""What patients open after sending: the confirmation, and their own request with its receipt code."""
