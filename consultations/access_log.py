"""Writing the access log, and proving that nothing in it was altered or cut.

Every entry's hash covers the entry and the hash before it, keyed with the site's secret, so that nobody
with the database alone can write a new history. The head row, sealed the same way, tells where the chain
ends, so that a cut-off end shows. An old copy of both could still be put back: for that, note the head that
`verify_access_record` prints somewhere else, and pass it to a later check.
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultations.choices import Action
from consultations.models.access_log import AccessLogEntry, AccessLogHead
from consultations.models.request import ConsultationRequest

PATIENT = "the patient"
SITE = "the site"
CHUNK_SIZE = 2000


def _keyed(secret: str, *parts: object) -> str:
    key = hashlib.sha256(b"alluraderm/access-record/" + secret.encode()).digest()
    return hmac.new(key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()


def _entry_hash(secret: str, previous: str, entry: AccessLogEntry) -> str:
    # Databases keep microseconds in UTC; anything else would not read back as it was written.
    at = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return _keyed(secret, previous, entry.number, at, entry.actor, entry.action, str(entry.request_id or ""), entry.reference, entry.detail)


def write(action: Action, actor: Any, consultation: ConsultationRequest | None = None, detail: str = "") -> AccessLogEntry:
    """Add an entry. `actor` is a member of staff, or `PATIENT`, or `SITE`. `detail` never holds a patient's words."""
    return write_all(action, actor, [consultation], detail)[0]


@transaction.atomic
def write_all(action: Action, actor: Any, consultations: Iterable[ConsultationRequest | None], detail: str = "") -> list[AccessLogEntry]:
    """Add an entry for each request, in the caller's transaction where there is one."""
    head, _is_new = AccessLogHead.objects.select_for_update().get_or_create(pk=1)
    entries = []
    for consultation in consultations:
        entry = AccessLogEntry(
            number=head.number + 1,
            at=timezone.now(),
            actor=actor if isinstance(actor, str) else actor.get_username(),
            action=action,
            request_id=consultation.pk if consultation else None,
            reference=consultation.reference if consultation else "",
            detail=detail,
        )
        entry.chain_hash = _entry_hash(settings.SECRET_KEY, head.chain_hash, entry)
        head.number, head.chain_hash = entry.number, entry.chain_hash
        entries.append(entry)
    AccessLogEntry.objects.bulk_create(entries)
    head.seal = _keyed(settings.SECRET_KEY, "head", head.number, head.chain_hash)
    head.save()
    return entries


@dataclass
class Verdict:
    """What a check of the whole record found."""

    entries: int = 0
    head: str = ""
    problems: list[str] = field(default_factory=list)


def verify(noted: str = "") -> Verdict:
    """Check every entry and the end of the chain; `noted` is a head written down earlier, as `number:hash`."""
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    verdict = Verdict()
    previous, expected = "", 1
    noted_number, _colon, noted_hash = noted.partition(":")
    noted_seen = not noted
    # Read first: what is written while this runs comes after it.
    head = AccessLogHead.objects.filter(pk=1).first() or AccessLogHead()
    entries = AccessLogEntry.objects.filter(number__lte=head.number) if head.number else AccessLogEntry.objects.all()
    for entry in entries.order_by("number").iterator(chunk_size=CHUNK_SIZE):
        if entry.number != expected:
            verdict.problems.append(f"entries {expected} to {entry.number - 1} are missing")
        if not any(hmac.compare_digest(entry.chain_hash, _entry_hash(secret, previous, entry)) for secret in secrets):
            verdict.problems.append(f"entry {entry.number} was altered, or one before it is missing")
        if str(entry.number) == noted_number and entry.chain_hash == noted_hash:
            noted_seen = True
        previous, expected = entry.chain_hash, entry.number + 1
        verdict.entries += 1
    if verdict.entries or head.number:
        if head.number != expected - 1 or head.chain_hash != previous:
            verdict.problems.append(f"the end was cut off: the chain should end with entry {head.number}")
        if not any(hmac.compare_digest(head.seal, _keyed(secret, "head", head.number, head.chain_hash)) for secret in secrets):
            verdict.problems.append("the note of where the chain ends was altered")
    if not noted_seen:
        verdict.problems.append("the head that was noted earlier is not in this record: an older copy was put back")
    verdict.head = f"{expected - 1}:{previous}"
    return verdict
