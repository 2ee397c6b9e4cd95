"""Search over sealed requests: a keyed hash for each name, phone number and e-mail address.

The hash key is derived from the clinic's private key, so that only staff processes can compute a hash. A stolen
database, even with all secrets of the public process, does not allow guessing names. The worker indexes new
requests, and indexes all requests again after a key rotation.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable

import phonenumbers
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import Q, QuerySet

from common.phones import parse_phone
from common.types import JSONObject
from consultations import access_log
from consultations.choices import Action
from consultations.models import ConsultationRequest, SearchToken
from sealing.errors import SealingKeyError
from sealing.keys import private_keys

MAX_WORDS = 16
#: Of the way names are folded. With another one every request is indexed anew.
FOLDING = 2
#: Around an address that was copied from a text.
PUNCTUATION = ".,;:<>()[]\"' "
APOSTROPHES = "'’‘ʼ`´ʹ′"
#: Letters that no decomposition takes apart.
OTHER_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"})
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


def folded(text: str) -> str:
    """A name without accents, case and signs within words, in letters that every keyboard has."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(OTHER_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character) and character not in APOSTROPHES)


def words_of(text: str) -> list[str]:
    """The words of a name, without accents, case and punctuation: "José-María O'Neil" gives jose, maria, oneil."""
    return "".join(character if character.isalnum() else " " for character in folded(text)).split()[:MAX_WORDS]


def tokens_of(contact: JSONObject, key: bytes) -> set[str]:
    """All tokens of one request's contact details."""
    tokens = {hashed(key, "name", word) for word in words_of(contact["name"])}
    tokens.add(hashed(key, "email", contact["email"].strip().casefold()))
    if contact["phone"]:
        tokens.update(hashed(key, "phone", phone) for phone in (contact["phone"], contact["phone"].partition(";")[0]))
    return tokens


def tokens_of_query(text: str) -> list[str]:
    """The tokens to search for: of an e-mail address, a phone number, or the words of a name. Raises `SealingKeyError`."""
    _name, key = index_key()
    text = text.strip()
    if "@" in text:
        return [hashed(key, "email", text.strip(PUNCTUATION).casefold())]
    if sum(character.isdigit() for character in text) >= 6:
        try:
            return [hashed(key, "phone", parse_phone(text))]
        except phonenumbers.NumberParseException:
            return [hashed(key, "phone", text)]
    return [hashed(key, "name", word) for word in words_of(text)]


def matching(consultations: QuerySet[ConsultationRequest], tokens: Iterable[str]) -> QuerySet[ConsultationRequest]:
    """Filter the requests to those that have all tokens.

    The ids for a rare token are read first. With a subquery instead, the query planner may scan a million requests in
    their order rather than look up the few matches.
    """
    for token in tokens:
        matches = SearchToken.objects.filter(token=token).values_list("request_id", flat=True)
        first_matches = list(matches[: MAX_IDS + 1])
        consultations = consultations.filter(pk__in=first_matches if len(first_matches) <= MAX_IDS else matches)
    return consultations


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
