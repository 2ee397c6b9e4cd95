"""Search over sealed requests: a keyed hash for each name, phone number and e-mail address.

The hash key is derived from the clinic's private key, so that only staff processes can compute a hash. A stolen
database, even with all secrets of the public process, does not allow guessing names. The worker indexes new
requests, and indexes all requests again after a key rotation.
"""

import hashlib
import hmac
from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from operator import and_, or_

import phonenumbers
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import Q, QuerySet

from common.folding import words_of
from common.phones import parse_phone
from common.text import clean_text
from common.types import JSONObject
from consultations import access_log
from consultations.choices import Action
from consultations.models import ConsultationRequest, SearchToken
from sealing.errors import SealingKeyError
from sealing.keys import private_keys

MAX_WORDS = 16
#: Of the way names are folded. With another one every request is indexed anew.
FOLDING = 3
#: Around an address that was copied from a text.
PUNCTUATION = ".,;:<>()[]\"' "
#: The last digits of a phone number by which people ask for one.
LAST_DIGITS = (4, 7)
#: Up to this number, the requests with a token are passed to the database as a list of ids.
MAX_IDS = 1000


def index_key() -> tuple[str, bytes]:
    """The id of the newest private key and of the way names are folded, and the hash key. Raises `SealingKeyError` if there is none."""
    for name, private_key in private_keys().items():
        derived = HKDF(SHA256(), 32, salt=None, info=b"alluraderm/search-index/2").derive(private_key.private_bytes_raw())
        return f"{name[:14]}.{FOLDING}", derived
    raise SealingKeyError("there is no private key to search with")


def hashed(key: bytes, kind: str, value: str) -> str:
    """The token of one normalized value."""
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]


def name_words(text: str) -> list[str]:
    """The words of a name, at most so many."""
    return words_of(text)[:MAX_WORDS]


def tokens_of(contact: JSONObject, key: bytes) -> set[str]:
    """All tokens of one request's contact details."""
    names = name_words(contact["name"])
    # Two that stand together, and all, may be asked for as one: “Smithjones”.
    names += ["".join(pair) for pair in pairwise(names)] + ["".join(names)]
    tokens = {hashed(key, "name", word) for word in names}
    if contact["email"]:
        tokens.add(hashed(key, "email", contact["email"].strip().casefold()))
    if contact["phone"]:
        number = contact["phone"].partition(";")[0]
        tokens.update(hashed(key, "phone", phone) for phone in (contact["phone"], number, *(number[-count:] for count in LAST_DIGITS)))
    return tokens


def tokens_of_query(text: str) -> list[list[str]]:
    """What to search for: an e-mail address, a phone number or its last digits, or the words of a name.

    A request fits that has all tokens of one of the lists. Raises `SealingKeyError`.
    """
    _name, key = index_key()
    text = clean_text(text).strip()
    if "@" in text:
        return [[hashed(key, "email", text.strip(PUNCTUATION).casefold().removeprefix("mailto:"))]]
    digits = "".join(character for character in text if character.isdecimal())
    if len(digits) >= min(LAST_DIGITS) and not any(character.isalpha() for character in text.replace("ext", "").replace("x", "")):
        return [[hashed(key, "phone", _asked_phone(text, digits))]]
    words = name_words(text)
    # An initial may stand for a name: “Jones, J.”
    whole = [word for word in words if len(word) > 1] or words
    lists = [words, whole, ["".join(words)]] if words else []
    return [[hashed(key, "name", word) for word in part] for number, part in enumerate(lists) if part not in lists[:number]]


def _asked_phone(text: str, digits: str) -> str:
    """The number that somebody asks for, as it is stored."""
    if len(digits) in LAST_DIGITS:
        return digits
    try:
        return parse_phone(text)
    except phonenumbers.NumberParseException:
        return text


def matching(consultations: QuerySet[ConsultationRequest], token_lists: Iterable[Iterable[str]]) -> QuerySet[ConsultationRequest]:
    """Filter the requests to those that have all tokens of one of the lists.

    The ids for a rare token are read first. With a subquery instead, the query planner may scan a million requests in
    their order rather than look up the few matches.
    """
    conditions = [reduce(and_, map(_with_token, tokens)) for tokens in token_lists]
    return consultations.filter(reduce(or_, conditions))


def _with_token(token: str) -> Q:
    matches = SearchToken.objects.filter(token=token).values_list("request_id", flat=True)
    first_matches = list(matches[: MAX_IDS + 1])
    return Q(pk__in=first_matches if len(first_matches) <= MAX_IDS else matches)


def unindexed() -> QuerySet[ConsultationRequest]:
    """Requests that are not indexed with the current key. Raises `SealingKeyError`."""
    name = index_key()[0]
    # Two ranges instead of `exclude`, because a database index supports ranges only.
    return ConsultationRequest.objects.filter(Q(indexed_with__lt=name) | Q(indexed_with__gt=name))


@transaction.atomic
def index_pending(batch_size: int = 100) -> int:
    """Index a batch of requests and return its size. One that cannot be opened counts as indexed, so that it is not tried again."""
    name, key = index_key()
    # Locked, so that a request that is destroyed meanwhile leaves no token. One that another process has locked is indexed later.
    can_skip = transaction.get_connection().features.has_select_for_update_skip_locked
    rows = unindexed().select_for_update(skip_locked=can_skip).defer("sealed_answers").order_by()
    consultations = list(rows[:batch_size])
    tokens, unreadable = [], []
    for consultation in consultations:
        try:
            tokens += [SearchToken(request=consultation, token=token) for token in sorted(tokens_of(consultation.contact(), key))]
        except Exception:  # noqa: BLE001 whatever one request holds must not keep the others from being found
            unreadable.append(consultation)
    ids = [consultation.pk for consultation in consultations]
    SearchToken.objects.filter(request_id__in=ids).delete()
    SearchToken.objects.bulk_create(tokens, batch_size=2000)
    ConsultationRequest.objects.filter(pk__in=ids).update(indexed_with=name)
    if unreadable:
        access_log.write_all(Action.CANNOT_OPEN, access_log.SITE, unreadable, "search index")
    return len(consultations)
