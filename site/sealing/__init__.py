"""Encryption that only the clinic's private key undoes: keys, HPKE and AES-GCM, sealed files."""
