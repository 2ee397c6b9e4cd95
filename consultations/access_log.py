"""Writing and verifying the access log, a hash chain that shows every altered or removed entry.

Each hash covers an entry and the hash before it, keyed with `ACCESS_RECORD_KEY`, which only the staff side holds, so that neither
the database nor a public process is enough to forge a chain. The head row, authenticated with the same key, stores where the chain
ends, so that truncation is detected. Restoring an old copy of both is detected by the heads that are noted outside the database
(`noted_heads`).
"""

import datetime as dt
import hmac
import json
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from common.derived_keys import derived_key
from common.types import Actor
from consultations.choices import Action
from consultations.models.access_log import AccessLogEntry, AccessLogHead
from consultations.models.request import ConsultationRequest

PATIENT = "the patient"
SITE = "the site"
SOMEBODY = "somebody"


def record_keys() -> list[str]:
    """The key that authenticates new entries, then earlier ones."""
    return [str(key) for key in (settings.ACCESS_RECORD_KEY, *settings.ACCESS_RECORD_KEY_FALLBACKS)]


def keyed_hash(secret: str, *parts: object) -> str:
    """An HMAC over JSON values with one of the record's keys."""
    return hmac.new(derived_key("access-record", secret), json.dumps(parts).encode(), "sha256").hexdigest()


def entry_hash(secret: str, previous_hash: str, entry: AccessLogEntry) -> str:
    """The hash of an entry that follows the one with `previous_hash`."""
    # Databases store microseconds in UTC. Any other format would give another hash after the entry is read back.
    at = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return keyed_hash(
        secret, previous_hash, entry.number, at, entry.actor, entry.action, str(entry.request_id or ""), entry.reference, entry.detail
    )


def lock_head() -> AccessLogHead:
    """The end of the chain, locked until the caller's transaction ends, so that only this process adds entries."""
    return AccessLogHead.objects.select_for_update().get_or_create(pk=1)[0]


def write(action: Action, actor: Actor, consultation: ConsultationRequest | None = None, detail: str = "") -> AccessLogEntry:
    """Add an entry. `actor` is a member of staff, or `PATIENT`, or `SITE`. `detail` must never hold a patient's words."""
    return write_all(action, actor, [consultation], detail)[0]


@transaction.atomic
def write_all(action: Action, actor: Actor, consultations: Iterable[ConsultationRequest | None], detail: str = "") -> list[AccessLogEntry]:
    """Add an entry for each request, in the caller's transaction if there is one."""
    head = lock_head()
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
        entry.chain_hash = entry_hash(settings.ACCESS_RECORD_KEY, head.chain_hash, entry)
        head.number, head.chain_hash = entry.number, entry.chain_hash
        entries.append(entry)
    AccessLogEntry.objects.bulk_create(entries)
    head.seal = keyed_hash(settings.ACCESS_RECORD_KEY, "head", head.number, head.chain_hash)
    head.save()
    return entries
