"""Codes for people: the reference that names a request, and the receipt code that opens it without an account."""

import hashlib
import json
import re
import secrets
import unicodedata

from django.utils.crypto import salted_hmac

from common.types import JSONObject

#: Letters and digits that are easy to tell apart, also on the phone.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS, GROUP_LENGTH = 4, 4


def new_reference() -> str:
    """A random reference of eight characters, such as `K7QF-4MZ2`."""
    characters = "".join(secrets.choice(CODE_ALPHABET) for _position in range(2 * GROUP_LENGTH))
    return f"{characters[:GROUP_LENGTH]}-{characters[GROUP_LENGTH:]}"


def submission_digest(browser_secret: str, contact: JSONObject, answers: list[dict[str, str]], photos: list[bytes]) -> str:
    """A digest that is equal only for the same words and photos from the same browser.

    `browser_secret` is the secret in the CSRF cookie, which the site does not store. So a stolen database does not
    allow guessing likely answers by comparing them with a fingerprint or a code that is derived from this digest.
    """
    photo_digests = [hashlib.sha256(photo).hexdigest() for photo in photos]
    return hashlib.sha256(json.dumps([browser_secret, contact, answers, photo_digests], sort_keys=True).encode()).hexdigest()


def fingerprint_of(digest: str) -> str:
    """What names a POST, to recognize it when it is repeated. Its `stored_hash` is kept for a day."""
    return salted_hmac("consultations.fingerprint", digest, algorithm="sha256").hexdigest()


def receipt_code(digest: str) -> str:
    """The receipt code, such as `7KQM-4TRX-P9WD-HC2E`. It is the same for a repeated POST, and never stored."""
    number = int(salted_hmac("consultations.receipt-code", digest, algorithm="sha256").hexdigest(), 16)
    characters = []
    for _position in range(GROUPS * GROUP_LENGTH):
        number, remainder = divmod(number, len(CODE_ALPHABET))
        characters.append(CODE_ALPHABET[remainder])
    text = "".join(characters)
    return "-".join(text[start : start + GROUP_LENGTH] for start in range(0, len(text), GROUP_LENGTH))


def receipt_key(code: str) -> str:
    """What reaches the request with a receipt code. Hyphens, spaces and case do not matter. It is never stored."""
    normalized = re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", code).upper())
    return hashlib.sha256(f"alluraderm/receipt/{normalized}".encode()).hexdigest()


def stored_hash(key: str) -> str:
    """The hash that is stored of a receipt key or a fingerprint.

    Whoever may query the table can learn a stored hash, though no row is shown: the planner's estimates depend on it. It must be of
    no use, so row-level security hashes what a transaction names in the same way (`database.receipt_scope`).
    """
    return hashlib.sha256(key.encode()).hexdigest()


def as_reference(typed: str) -> str:
    """A reference however it is typed: in small letters, without or with another dash, with a sign before it."""
    plain = "".join(character for character in unicodedata.normalize("NFKC", typed).upper() if character.isascii() and character.isalnum())
    return f"{plain[:4]}-{plain[4:]}"
