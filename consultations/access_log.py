"""Writing and verifying the access log, a hash chain that shows every altered or removed entry.

Each hash covers an entry and the hash before it, keyed with the site's secret, so that access to the database alone
is not enough to forge a chain. The head row, authenticated with the same key, stores where the chain ends, so that
truncation is detected. Restoring an old copy of both is not: to detect that, store the head that
`verify_access_record` prints outside the database, and pass it to a later run.
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from common.types import Actor
from consultations.choices import Action
from consultations.models.access_log import AccessLogEntry, AccessLogHead
from consultations.models.request import ConsultationRequest

PATIENT = "the patient"
SITE = "the site"
CHUNK_SIZE = 2000


def _keyed_hash(secret: str, *parts: object) -> str:
    key = hashlib.sha256(b"alluraderm/access-record/" + secret.encode()).digest()
    return hmac.new(key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()


def _entry_hash(secret: str, previous_hash: str, entry: AccessLogEntry) -> str:
    # Databases store microseconds in UTC. Any other format would give another hash after the entry is read back.
    at = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return _keyed_hash(
        secret, previous_hash, entry.number, at, entry.actor, entry.action, str(entry.request_id or ""), entry.reference, entry.detail
    )


def write(action: Action, actor: Actor, consultation: ConsultationRequest | None = None, detail: str = "") -> AccessLogEntry:
    """Add an entry. `actor` is a member of staff, or `PATIENT`, or `SITE`. `detail` must never hold a patient's words."""
    return write_all(action, actor, [consultation], detail)[0]


@transaction.atomic
def write_all(action: Action, actor: Actor, consultations: Iterable[ConsultationRequest | None], detail: str = "") -> list[AccessLogEntry]:
    """Add an entry for each request, in the caller's transaction if there is one."""
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
    head.seal = _keyed_hash(settings.SECRET_KEY, "head", head.number, head.chain_hash)
    head.save()
    return entries


@dataclass
class Verdict:
    """The result of verifying the whole access log."""

    entries: int = 0
    head: str = ""
    problems: list[str] = field(default_factory=list)


def verify(earlier_head: str = "") -> Verdict:
    """Verify every entry and the end of the chain. `earlier_head` is the head that an earlier run returned, as `number:hash`."""
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    verdict = Verdict()
    previous_hash, expected_number = "", 1
    earlier_number, _colon, earlier_hash = earlier_head.partition(":")
    has_earlier_head = not earlier_head
    # Read the head first, so that entries written during this run are ignored.
    head = AccessLogHead.objects.filter(pk=1).first() or AccessLogHead()
    entries = AccessLogEntry.objects.filter(number__lte=head.number) if head.number else AccessLogEntry.objects.all()
    for entry in entries.order_by("number").iterator(chunk_size=CHUNK_SIZE):
        if entry.number != expected_number:
            verdict.problems.append(f"entries {expected_number} to {entry.number - 1} are missing")
        if not any(hmac.compare_digest(entry.chain_hash, _entry_hash(secret, previous_hash, entry)) for secret in secrets):
            verdict.problems.append(f"entry {entry.number} was altered, or one before it is missing")
        if str(entry.number) == earlier_number and entry.chain_hash == earlier_hash:
            has_earlier_head = True
        previous_hash, expected_number = entry.chain_hash, entry.number + 1
        verdict.entries += 1
    if verdict.entries or head.number:
        if head.number != expected_number - 1 or head.chain_hash != previous_hash:
            verdict.problems.append(f"the end was cut off: the chain should end with entry {head.number}")
        if not any(hmac.compare_digest(head.seal, _keyed_hash(secret, "head", head.number, head.chain_hash)) for secret in secrets):
            verdict.problems.append("the note of where the chain ends was altered")
    if not has_earlier_head:
        verdict.problems.append("the head that was noted earlier is not in this record: an older copy was put back")
    verdict.head = f"{expected_number - 1}:{previous_hash}"
    return verdict
