"""Sealing: encryption that only the clinic's private key can reverse.

Each sealed object (a request, a note, a file, an archive) has a fresh AES-256-GCM content key. Each part of it is encrypted
with that key and bound to the object's id and the part's name, so that parts cannot be swapped or moved to another object.
HPKE (RFC 9180) seals the content key to every public key of the clinic, bound to the object's id.
"""

import base64
import os
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sealing.errors import CannotOpenError

VERSION = "1"
KEY_BYTES = 32
NONCE_BYTES = 12
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


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

    def seal_to(self, public_keys: dict[str, X25519PublicKey]) -> dict[str, str]:
        """Seal this key to each public key. Returns base64 by key id."""
        info = _context(self.object_id, "key")
        return {name: base64.b64encode(SUITE.encrypt(self.secret, key, info=info)).decode() for name, key in public_keys.items()}

    @classmethod
    def unseal(cls, object_id: uuid.UUID, sealed_keys: dict[str, str], private_keys: dict[str, X25519PrivateKey]) -> "ContentKey":
        """Open the content key with the first private key that fits. Raises `CannotOpenError`."""
        if not isinstance(sealed_keys, dict):
            raise CannotOpenError("the sealed keys were altered")
        for name, private_key in private_keys.items():
            if name not in sealed_keys:
                continue
            try:
                secret = SUITE.decrypt(_decode_sealed_key(sealed_keys[name]), private_key, info=_context(object_id, "key"))
            except (InvalidTag, ValueError, TypeError) as problem:
                raise CannotOpenError("the sealed key was altered or belongs elsewhere") from problem
            return cls(object_id, secret)
        raise CannotOpenError("no private key here fits")
