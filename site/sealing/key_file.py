"""Writes the private key file: atomically, and readable by its owner only."""

import os
from pathlib import Path

from sealing.key_pairs import PrivateKey
from sealing.keys import encode_private, read_key_file

OWNER_ONLY = 0o600


def _write_temporary(path: Path, keys: list[PrivateKey]) -> Path:
    """Write the keys to a temporary file in the folder of `path`, so that it can take its place atomically."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w") as file:
        file.write("".join(f"{encode_private(key)}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return temporary


def create_key_file(path: Path) -> PrivateKey:
    """Generate a key pair and write its private key to a new file.

    Raises `FileExistsError` where the file exists: to overwrite a key would lose every request sealed to it.
    """
    private_key = PrivateKey.generate()
    temporary = _write_temporary(path, [private_key])
    try:
        # Unlike a rename, a hard link fails where the target exists.
        os.link(temporary, path)
    finally:
        temporary.unlink()
    return private_key


def add_new_key(path: Path) -> PrivateKey:
    """Generate a key pair and put its private key first in an existing file. Raises `OSError` and `SealingKeyError`."""
    private_key = PrivateKey.generate()
    _write_temporary(path, [private_key, *read_key_file(path)]).replace(path)
    return private_key


def keep_newest_key(path: Path) -> list[PrivateKey]:
    """Remove every key but the newest from the file, and return the removed keys. Raises `OSError` and `SealingKeyError`."""
    newest, *older = read_key_file(path)
    _write_temporary(path, [newest]).replace(path)
    return older
