"""Sealing: what a patient sends, readable with the clinic's private key only.

Each request has a fresh AES-256-GCM key. Each part (contact, answers, every photograph) is encrypted
with it and bound to the request's id and the part's name, so that no part can be swapped or moved.
HPKE (RFC 9180) seals the key to every clinic public key, bound to the request's id.
"""

import base64
import os
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

VERSION = "1"
KEY_BYTES = 32
NONCE_BYTES = 12
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CannotOpen(Exception):
    """What is stored cannot be opened: no fitting private key, or altered since it was sealed."""


def _context(request_id: uuid.UUID, purpose: str) -> bytes:
    return f"alluraderm/consultation/{VERSION}/{request_id}/{purpose}".encode()


def _decoded(text: str) -> bytes:
    """The bytes of a sealed key. Raises `ValueError` for a text that the site would not have written, even in an unused bit."""
    decoded = base64.b64decode(text, validate=True)
    if base64.b64encode(decoded).decode() != text:
        raise ValueError("not as it was written")
    return decoded


@dataclass(frozen=True)
class RequestKey:
    """The key of one request, in memory only for as long as it is needed."""

    request_id: uuid.UUID
    secret: bytes

    @classmethod
    def generate(cls, request_id: uuid.UUID) -> "RequestKey":
        """A fresh random key."""
        return cls(request_id, os.urandom(KEY_BYTES))

    def seal(self, part: str, content: bytes) -> bytes:
        """The content encrypted as one named part: nonce, then ciphertext with its tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, content, _context(self.request_id, part))

    def open(self, part: str, sealed: bytes | memoryview) -> bytes:
        """The content of one named part. Raises `CannotOpen` where a single bit differs."""
        sealed = bytes(sealed)
        try:
            return AESGCM(self.secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _context(self.request_id, part))
        except (InvalidTag, ValueError) as problem:
            raise CannotOpen("this part was altered or belongs elsewhere") from problem

    def seal_to(self, public_keys: dict[str, X25519PublicKey]) -> dict[str, str]:
        """This key sealed to each public key: base64 by key id."""
        info = _context(self.request_id, "key")
        return {name: base64.b64encode(SUITE.encrypt(self.secret, key, info=info)).decode() for name, key in public_keys.items()}

    @classmethod
    def unseal(cls, request_id: uuid.UUID, sealed_keys: dict[str, str], private_keys: dict[str, X25519PrivateKey]) -> "RequestKey":
        """The request's key, opened with whichever private key fits. Raises `CannotOpen`."""
        if not isinstance(sealed_keys, dict):
            raise CannotOpen("the sealed keys were altered")
        for name, private_key in private_keys.items():
            if name not in sealed_keys:
                continue
            try:
                secret = SUITE.decrypt(_decoded(sealed_keys[name]), private_key, info=_context(request_id, "key"))
            except (InvalidTag, ValueError, TypeError) as problem:
                raise CannotOpen("the sealed key was altered or belongs elsewhere") from problem
            return cls(request_id, secret)
        raise CannotOpen("no private key here fits this request")
