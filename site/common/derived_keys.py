"""Keys for one purpose, derived from a secret that serves several."""

import hashlib


def derived_key(purpose: str, secret: str) -> bytes:
    """32 bytes for one purpose. What is stored under such a key needs the same purpose and secret for ever."""
    return hashlib.sha256(f"alluraderm/{purpose}/{secret}".encode()).digest()
