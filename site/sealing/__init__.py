"""Encryption that only the clinic's private key can reverse: keys, HPKE and AES-GCM, sealed files."""
