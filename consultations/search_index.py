"""Search over sealed requests: a keyed hash for each name, phone number and e-mail address.

The key comes from the clinic's private key, so that only the staff side can make or try a hash: a stolen
database, even with everything the public process knows, cannot be searched by guessing. The worker indexes what
is new; after a change of keys it indexes everything again by itself.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from typing import Any

import phonenumbers
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import Q, QuerySet

from common.phones import parse_phone
from consultations import access_log
from consultations.choices import Action
from consultations.models import ConsultationRequest, SearchToken
from sealing.errors import CannotOpenError, SealingKeyError
from sealing.keys import private_keys

MAX_WORDS = 8
#: Up to so many requests of one token are named one by one.
MAX_NAMED = 1000


def index_key() -> tuple[str, bytes]:
    """The name and the bytes of the key that hashes. Raises `SealingKeyError` where there is no private key."""
    for name, private_key in private_keys().items():
        derived = HKDF(SHA256(), 32, salt=None, info=b"alluraderm/search-index/1").derive(private_key.private_bytes_raw())
        return name, derived
    raise SealingKeyError("there is no private key to search with")


def hashed(key: bytes, kind: str, value: str) -> str:
    """The token of one normalised value."""
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]


def words_of(text: str) -> list[str]:
    """The words of a name, without accents, case and punctuation: "José-María O'Neil" gives jose, maria, oneil."""
    plain = "".join(character for character in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(character))
    plain = plain.replace("'", "").replace("’", "")
    return "".join(character if character.isalnum() else " " for character in plain).split()[:MAX_WORDS]


def tokens_of(contact: dict[str, Any], key: bytes) -> set[str]:
    """Every token of one request's contact details."""
    tokens = {hashed(key, "name", word) for word in words_of(contact["name"])}
    tokens.add(hashed(key, "email", contact["email"].strip().casefold()))
    if contact["phone"]:
        tokens.add(hashed(key, "phone", contact["phone"]))
    return tokens


def tokens_of_query(text: str) -> list[str]:
    """What a search asks for: an e-mail address, a phone number, or words of a name. Raises `SealingKeyError`."""
    _name, key = index_key()
    text = text.strip()
    if "@" in text:
        return [hashed(key, "email", text.casefold())]
    if sum(character.isdigit() for character in text) >= 6:
        try:
            return [hashed(key, "phone", parse_phone(text))]
        except phonenumbers.NumberParseException:
            return [hashed(key, "phone", text)]
    return [hashed(key, "name", word) for word in words_of(text)]


def matching(consultations: QuerySet[ConsultationRequest], tokens: Iterable[str]) -> QuerySet[ConsultationRequest]:
    """Those of the requests that have every token.

    A rare token is looked up first and names its requests: left to itself, a database may rather walk through a
    million requests in their order than through the few that fit.
    """
    for token in tokens:
        having = SearchToken.objects.filter(token=token).values_list("request_id", flat=True)
        few = list(having[: MAX_NAMED + 1])
        consultations = consultations.filter(pk__in=few if len(few) <= MAX_NAMED else having)
    return consultations


def unindexed() -> QuerySet[ConsultationRequest]:
    """Requests that the present key has not indexed yet."""
    name = index_key()[0]
    # Two ranges instead of "differs", because an index finds ranges.
    return ConsultationRequest.objects.filter(Q(indexed_with__lt=name) | Q(indexed_with__gt=name))


def index_pending(at_once: int = 500) -> int:
    """Index requests that wait for it and return how many were. One that cannot be opened is passed over once and for all."""
    name, key = index_key()
    consultations = list(unindexed().defer("sealed_answers").order_by()[:at_once])
    tokens, unreadable = [], []
    for consultation in consultations:
        try:
            tokens += [SearchToken(request=consultation, token=token) for token in sorted(tokens_of(consultation.contact(), key))]
        except CannotOpenError:
            unreadable.append(consultation)
    with transaction.atomic():
        ids = [consultation.pk for consultation in consultations]
        # Whoever was destroyed meanwhile must leave no token behind.
        alive = set(ConsultationRequest.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True))
        SearchToken.objects.filter(request_id__in=ids).delete()
        SearchToken.objects.bulk_create([token for token in tokens if token.request_id in alive], batch_size=2000)
        ConsultationRequest.objects.filter(pk__in=ids).update(indexed_with=name)
        if unreadable:
            access_log.write_all(Action.CANNOT_OPEN, access_log.SITE, unreadable, "search index")
    return len(consultations)
