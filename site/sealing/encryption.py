"""Sealing: encryption that only the clinic's private key can reverse.

Each sealed object (a request, a note, a file, an archive) has a fresh AES-256-GCM content key. Each part of it is encrypted
with that key and bound to the object's id and the part's name, so that parts cannot be swapped or moved to another object.
HPKE (RFC 9180) seals the content key to every public key of the clinic, bound to the object's id. Texts are padded.
"""

import base64
import os
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.errors import CannotOpenError
from sealing.key_pairs import PrivateKey, PublicKey

VERSION = "1"
KEY_BYTES = 32
NONCE_BYTES = 12
#: Sealed texts have one of these lengths in bytes (before encryption), so that their length tells hardly anything about their content.
LENGTH_CLASSES = (1024, 4096, 32 * 1024, 256 * 1024)
LENGTH_FIELD_BYTES = 4
#: Added to the name of a part whose text is padded.
PADDED = "/padded"


def _context(object_id: uuid.UUID, purpose: str) -> bytes:
    """The associated data (AES-GCM) or info (HPKE) that binds a ciphertext to its object and purpose."""
    return f"alluraderm/consultation/{VERSION}/{object_id}/{purpose}".encode()


def _decode_sealed_key(text: str) -> bytes:
    """The bytes of a sealed key. Raises `ValueError` for text that is not canonical base64, even if only an unused bit differs."""
    decoded = base64.b64decode(text, validate=True)
    if base64.b64encode(decoded).decode() != text:
        raise ValueError("not canonical base64")
    return decoded


@dataclass(frozen=True)
class ContentKey:
    """The content key of one sealed object. It is in memory only while it is needed."""

    object_id: uuid.UUID
    secret: bytes

    @classmethod
    def generate(cls, object_id: uuid.UUID) -> "ContentKey":
        """A new random key."""
        return cls(object_id, os.urandom(KEY_BYTES))

    def seal(self, part: str, content: bytes) -> bytes:
        """Encrypt the content of one named part. Returns the nonce, then the ciphertext with its tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, content, _context(self.object_id, part))

    def open(self, part: str, sealed: bytes | memoryview) -> bytes:
        """Decrypt the content of one named part. Raises `CannotOpenError` where even a single bit was changed."""
        sealed = bytes(sealed)
        try:
            return AESGCM(self.secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _context(self.object_id, part))
        except (InvalidTag, ValueError) as problem:
            raise CannotOpenError("this part was altered or belongs elsewhere") from problem

    def seal_text(self, part: str, text: str) -> bytes:
        """Encrypt the text of one named part, padded so that its length falls into one of `LENGTH_CLASSES`."""
        content = text.encode()
        size = LENGTH_FIELD_BYTES + len(content)
        padded_size = next((limit for limit in LENGTH_CLASSES if size <= limit), size)
        padded = len(content).to_bytes(LENGTH_FIELD_BYTES, "big") + content.ljust(padded_size - LENGTH_FIELD_BYTES, b"\0")
        return self.seal(f"{part}{PADDED}", padded)

    def open_text(self, part: str, sealed: bytes | memoryview) -> str:
        """Decrypt the text of one named part, also one that was sealed before texts were padded. Raises `CannotOpenError`."""
        try:
            padded = self.open(f"{part}{PADDED}", sealed)
            content = padded[LENGTH_FIELD_BYTES : LENGTH_FIELD_BYTES + int.from_bytes(padded[:LENGTH_FIELD_BYTES], "big")]
        except CannotOpenError:
            content = self.open(part, sealed)
        try:
            return content.decode()
        except UnicodeDecodeError as problem:
            raise CannotOpenError("what was sealed is no text") from problem

    def seal_to(self, public_keys: dict[str, PublicKey]) -> dict[str, str]:
        """Seal this key to each public key. Returns base64 by key id."""
        info = _context(self.object_id, "key")
        return {name: base64.b64encode(key.seal(self.secret, info)).decode() for name, key in public_keys.items()}

    @classmethod
    def unseal(cls, object_id: uuid.UUID, sealed_keys: dict[str, str], private_keys: dict[str, PrivateKey]) -> "ContentKey":
        """Open the content key with the first private key that fits. Raises `CannotOpenError`."""
        if not isinstance(sealed_keys, dict):
            raise CannotOpenError("the sealed keys were altered")
        for name, private_key in private_keys.items():
            if name not in sealed_keys:
                continue
            try:
                secret = private_key.open(_decode_sealed_key(sealed_keys[name]), _context(object_id, "key"))
            except (InvalidTag, ValueError, TypeError) as problem:
                raise CannotOpenError("the sealed key was altered or belongs elsewhere") from problem
            return cls(object_id, secret)
        raise CannotOpenError("no private key here fits")
