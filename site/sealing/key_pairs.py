"""Key pairs that seal with HPKE (RFC 9180): hybrid ones for new keys, and those from before with X25519 alone.

A hybrid pair joins ML-KEM-768 and X25519: what it seals stays closed as long as one of both is unbroken, so that what is recorded today
cannot be opened with a quantum computer of tomorrow. The sizes of the encoded keys tell the two kinds apart.
"""

import os
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

X25519_BYTES = 32
#: The seed that an ML-KEM key pair is generated from, and the encoded public key, in bytes (FIPS 203).
MLKEM_SEED_BYTES, MLKEM_PUBLIC_BYTES = 64, 1184
CLASSICAL = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
HYBRID = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True)
class PublicKey:
    """The half that seals. Without `mlkem` it is one from before there were hybrid keys."""

    x25519: X25519PublicKey
    mlkem: MLKEM768PublicKey | None = None

    @classmethod
    def from_public_bytes(cls, raw: bytes) -> Self:
        """The key that `public_bytes_raw` encoded. Raises `ValueError`."""
        if len(raw) not in (X25519_BYTES, X25519_BYTES + MLKEM_PUBLIC_BYTES):
            raise ValueError("not the size of a public key")
        mlkem = MLKEM768PublicKey.from_public_bytes(raw[X25519_BYTES:]) if raw[X25519_BYTES:] else None
        return cls(X25519PublicKey.from_public_bytes(raw[:X25519_BYTES]), mlkem)

    def public_bytes_raw(self) -> bytes:
        """32 bytes, or 1,216 of a hybrid key."""
        return self.x25519.public_bytes_raw() + (self.mlkem.public_bytes_raw() if self.mlkem else b"")

    def seal(self, secret: bytes, info: bytes) -> bytes:
        """Seal a secret, bound to `info`."""
        if self.mlkem is None:
            return CLASSICAL.encrypt(secret, self.x25519, info=info)
        return HYBRID.encrypt(secret, MLKEM768X25519PublicKey(self.mlkem, self.x25519), info=info)


@dataclass(frozen=True)
class PrivateKey:
    """The half that opens."""

    x25519: X25519PrivateKey
    mlkem: MLKEM768PrivateKey | None = None

    @classmethod
    def generate(cls) -> Self:
        """A new hybrid key."""
        return cls.from_private_bytes(os.urandom(X25519_BYTES + MLKEM_SEED_BYTES))

    @classmethod
    def from_private_bytes(cls, raw: bytes) -> Self:
        """The key that `private_bytes_raw` encoded. Raises `ValueError`."""
        if len(raw) not in (X25519_BYTES, X25519_BYTES + MLKEM_SEED_BYTES):
            raise ValueError("not the size of a private key")
        mlkem = MLKEM768PrivateKey.from_seed_bytes(raw[X25519_BYTES:]) if raw[X25519_BYTES:] else None
        return cls(X25519PrivateKey.from_private_bytes(raw[:X25519_BYTES]), mlkem)

    def private_bytes_raw(self) -> bytes:
        """32 bytes, or 96 of a hybrid key."""
        return self.x25519.private_bytes_raw() + (self.mlkem.private_bytes_raw() if self.mlkem else b"")

    def public_key(self) -> PublicKey:
        """The half that seals to this key."""
        return PublicKey(self.x25519.public_key(), self.mlkem.public_key() if self.mlkem else None)

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Open what its public half sealed with this `info`. Raises `InvalidTag` or `ValueError`."""
        if self.mlkem is None:
            return CLASSICAL.decrypt(sealed, self.x25519, info=info)
        return HYBRID.decrypt(sealed, MLKEM768X25519PrivateKey(self.mlkem, self.x25519), info=info)
