"""Reads what patients write for signs that must not wait for a reply. Nothing that it reads is stored."""
