"""Codes that people read out: the reference of a request, and the receipt code that opens it without an account."""

import hashlib
import json
import re
import secrets
from typing import Any

from django.utils.crypto import salted_hmac

#: Letters and digits that nobody mixes up when reading them out on the phone.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS, GROUP_LENGTH = 4, 4


def new_reference() -> str:
    """Eight characters to name a request on the phone, such as `K7QF-4MZ2`."""
    characters = "".join(secrets.choice(CODE_ALPHABET) for _position in range(2 * GROUP_LENGTH))
    return f"{characters[:GROUP_LENGTH]}-{characters[GROUP_LENGTH:]}"


def repeat_key(browser: str, contact: dict[str, Any], answers: list[dict[str, str]], photos: list[bytes]) -> str:
    """The same for the same words and photos from the same browser, and for nothing else.

    `browser` is the secret in its CSRF cookie, which the site stores nowhere: so neither a fingerprint
    nor a code derived from this can be found by trying likely answers against a stolen database.
    """
    digests = [hashlib.sha256(photo).hexdigest() for photo in photos]
    return hashlib.sha256(json.dumps([browser, contact, answers, digests], sort_keys=True).encode()).hexdigest()


def fingerprint_of(repeat: str) -> str:
    """What is stored for a day to recognise a repeated post."""
    return salted_hmac("consultations.fingerprint", repeat, algorithm="sha256").hexdigest()


def code_of(repeat: str) -> str:
    """The receipt code, such as `7KQM-4TRX-P9WD-HC2E`: the same again for a repeated post, and never stored."""
    number = int(salted_hmac("consultations.receipt-code", repeat, algorithm="sha256").hexdigest(), 16)
    characters = []
    for _position in range(GROUPS * GROUP_LENGTH):
        number, remainder = divmod(number, len(CODE_ALPHABET))
        characters.append(CODE_ALPHABET[remainder])
    text = "".join(characters)
    return "-".join(text[start : start + GROUP_LENGTH] for start in range(0, len(text), GROUP_LENGTH))


def hash_of(code: str) -> str:
    """What is stored of a receipt code, however it was typed: without hyphens, in lower case, with spaces."""
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    return hashlib.sha256(f"alluraderm/receipt/{plain}".encode()).hexdigest()
