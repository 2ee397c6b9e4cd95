"""Writing the file of private keys: whole or not at all, and readable by its owner only."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sealing.keys import decode_private, encode_private

OWNER_ONLY = 0o600


def _write_beside(path: Path, keys: list[X25519PrivateKey]) -> Path:
    """The keys in a finished file next to the one they belong in."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w") as file:
        file.write("".join(f"{encode_private(key)}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return unfinished


def create_key_file(path: Path) -> X25519PrivateKey:
    """Make a key pair and write its private half to a new file.

    Raises `FileExistsError` where the file exists: an overwritten key loses every request sealed to it.
    """
    private_key = X25519PrivateKey.generate()
    unfinished = _write_beside(path, [private_key])
    try:
        os.link(unfinished, path)
    finally:
        unfinished.unlink()
    return private_key


def read_key_file(path: Path) -> list[X25519PrivateKey]:
    """The keys of a file, the newest first. Raises `OSError` and `SealingKeyError`."""
    return [decode_private(line.strip()) for line in path.read_text().splitlines() if line.strip()]


def add_new_key(path: Path) -> X25519PrivateKey:
    """Make a key pair and put its private half first in a file that exists. Raises `OSError` and `SealingKeyError`."""
    private_key = X25519PrivateKey.generate()
    _write_beside(path, [private_key, *read_key_file(path)]).replace(path)
    return private_key


def keep_newest_key(path: Path) -> list[X25519PrivateKey]:
    """Take every key but the newest out of the file, and return those taken out. Raises `OSError` and `SealingKeyError`."""
    newest, *older = read_key_file(path)
    _write_beside(path, [newest]).replace(path)
    return older
