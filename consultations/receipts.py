"""Receipt codes: a patient's own way back to a request, without an account."""

import hashlib
import json
import re
from typing import Any

from consultations.models.request import REFERENCE_ALPHABET
from core.client_address import keyed_hash

GROUPS, GROUP_LENGTH = 4, 4


def repeat_key(browser: str, contact: dict[str, Any], answers: list[dict[str, str]], photos: list[bytes]) -> str:
    """The same for the same words and photos from the same browser, and for nothing else.

    `browser` is the secret in its CSRF cookie, which the site stores nowhere: so neither a fingerprint
    nor a code derived from this can be found by trying likely answers against a stolen database.
    """
    digests = [hashlib.sha256(photo).hexdigest() for photo in photos]
    return hashlib.sha256(json.dumps([browser, contact, answers, digests], sort_keys=True).encode()).hexdigest()


def fingerprint_of(repeat: str) -> str:
    """What is stored for a day to recognise a repeated post."""
    return keyed_hash("fingerprint", repeat)


def code_of(repeat: str) -> str:
    """The receipt code, such as `7KQM-4TRX-P9WD-HC2E`: the same again for a repeated post, and never stored."""
    number = int(keyed_hash("receipt code", repeat), 16)
    characters = []
    for _position in range(GROUPS * GROUP_LENGTH):
        number, remainder = divmod(number, len(REFERENCE_ALPHABET))
        characters.append(REFERENCE_ALPHABET[remainder])
    text = "".join(characters)
    return "-".join(text[start : start + GROUP_LENGTH] for start in range(0, len(text), GROUP_LENGTH))


def hash_of(code: str) -> str:
    """What is stored of a receipt code, however it was typed: without hyphens, in lower case, with spaces."""
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    return hashlib.sha256(f"alluraderm/receipt/{plain}".encode()).hexdigest()
