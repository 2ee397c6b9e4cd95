"""The clinic's keys: public keys seal, private keys open.

A public process has public keys only. Private keys are stored in a file of mode 600 that only the staff process
can read: one key per line, the newest first, each as `alluraderm-private-key:` and 96 bytes in base64 (32 of an old key).
"""

import base64
import hashlib
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sealing.errors import SealingKeyError
from sealing.key_pairs import PrivateKey, PublicKey

LINE_PREFIX = "alluraderm-private-key:"


def key_id(public_key: PublicKey) -> str:
    """Sixteen hex digits that identify a key pair, from the SHA-256 hash of its public key."""
    return hashlib.sha256(public_key.public_bytes_raw()).hexdigest()[:16]


def encode_public(public_key: PublicKey) -> str:
    """A public key in base64, as in `CONSULTATION_PUBLIC_KEYS`."""
    return base64.b64encode(public_key.public_bytes_raw()).decode()


def decode_public(text: str) -> PublicKey:
    """Parse a public key in base64. Raises `SealingKeyError`."""
    try:
        return PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except ValueError as problem:
        raise SealingKeyError("a public key in CONSULTATION_PUBLIC_KEYS is not 1,216 bytes (or 32, of an old key) in base64") from problem


def encode_private(private_key: PrivateKey) -> str:
    """Format a private key as a line of the key file."""
    return LINE_PREFIX + base64.b64encode(private_key.private_bytes_raw()).decode()


def decode_private(line: str) -> PrivateKey:
    """Parse a line of the key file. Raises `SealingKeyError`."""
    if not line.startswith(LINE_PREFIX):
        raise SealingKeyError("a line of the private key file is not a key")
    try:
        return PrivateKey.from_private_bytes(base64.b64decode(line.removeprefix(LINE_PREFIX), validate=True))
    except ValueError as problem:
        raise SealingKeyError("a line of the private key file is damaged") from problem


def read_key_file(path: Path) -> list[PrivateKey]:
    """The keys of a file, the newest first. Raises `OSError` and `SealingKeyError`."""
    return [decode_private(line.strip()) for line in path.read_text().splitlines() if line.strip()]


@lru_cache(maxsize=4)
def _read_private_keys(path: str, modified_ns: int) -> dict[str, PrivateKey]:
    """The private keys of a file by key id. The modification time is an argument so that a changed file is read again."""
    return {key_id(key.public_key()): key for key in read_key_file(Path(path))}


def private_keys() -> dict[str, PrivateKey]:
    """The private keys this process may use, by key id, the newest first. Empty where it has none.

    Raises `SealingKeyError` where the file is damaged.
    """
    path = settings.CONSULTATION_PRIVATE_KEY_FILE
    if not path:
        return {}
    try:
        return _read_private_keys(path, Path(path).stat().st_mtime_ns)
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise SealingKeyError("the private key file cannot be read") from problem


@lru_cache(maxsize=4)
def _decode_public_keys(texts: tuple[str, ...]) -> dict[str, PublicKey]:
    return {key_id(key): key for key in map(decode_public, texts)}


def public_keys() -> dict[str, PublicKey]:
    """The keys every new request is sealed to, by key id.

    Where none is configured, a process with private keys uses the public key of the newest one, so that one
    process can both seal and open in development. Raises `SealingKeyError` where there is no key at all.
    """
    configured = tuple(text for text in settings.CONSULTATION_PUBLIC_KEYS if text)
    keys = _decode_public_keys(configured) if configured else {name: key.public_key() for name, key in list(private_keys().items())[:1]}
    if not keys:
        raise SealingKeyError("there is no public key to seal requests to")
    return keys


def refuse_private_keys(private_file: str, key_folder: Path) -> None:
    """Raise `SealingKeyError` in a public process that could open requests: a private key is configured, or can be read."""
    if private_file:
        raise SealingKeyError("CONSULTATION_PRIVATE_KEY_FILE is set, and a public process must not be able to open requests")
    for path in sorted(key_folder.glob("*")) if os.access(key_folder, os.R_OK | os.X_OK) else []:
        if path.is_file() and os.access(path, os.R_OK):
            raise SealingKeyError(f"the private key {path} can be read, and a public process must not be able to open requests")


def check_keys(role: str, public_texts: list[str], private_file: str) -> None:
    """Raise `SealingKeyError`, with the name of the setting, where the keys do not fit the role of this process.

    A mistyped public key would lose every request sealed to it.
    """
    if role != "staff" and not public_texts:
        raise SealingKeyError("CONSULTATION_PUBLIC_KEYS is not set (run manage.py consultation_key create)")
    public = {key_id(key) for key in map(decode_public, public_texts)}
    if role == "public":
        return
    if not private_file:
        raise SealingKeyError("CONSULTATION_PRIVATE_KEY_FILE is not set (the file that opens consultation requests)")
    try:
        private = set(_read_private_keys(private_file, Path(private_file).stat().st_mtime_ns))
    except OSError as problem:
        raise SealingKeyError(f"CONSULTATION_PRIVATE_KEY_FILE cannot be read ({problem.strerror})") from problem
    if public and not public & private:
        raise SealingKeyError("CONSULTATION_PRIVATE_KEY_FILE holds no key that fits CONSULTATION_PUBLIC_KEYS")
