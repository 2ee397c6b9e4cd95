"""Shared helpers without models: phone numbers, client addresses, Redis, mail, logs, error pages, text."""
