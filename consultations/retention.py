"""Destroying requests: when the patient takes one back, when staff say so, and when its time is over."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations import record
from consultations.choices import FINISHED, Action, DestructionReason
from consultations.limits import forget_past_hours
from consultations.models.destruction import Destruction
from consultations.models.notices import Notice
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest, SealedPhoto, sealed_storage

logger = logging.getLogger(__name__)

#: A sealed file is written before its row; younger ones may belong to a request that is just arriving.
ORPHAN_AGE = dt.timedelta(hours=1)
FINGERPRINT_AGE = dt.timedelta(days=1)
SENT_NOTICE_AGE = dt.timedelta(days=30)


@transaction.atomic
def destroy(request: ConsultationRequest, reason: DestructionReason, actor: Any) -> Destruction:
    """Destroy a request with its key, notes, photos, index entries and notices, and return the receipt.

    Raises `ConsultationRequest.DoesNotExist` where somebody else was faster, or it is no longer due. The sealed key goes in the same
    transaction as all the rest; files go right after it, and what a crash leaves of them opens with no key.
    """
    wanted = ConsultationRequest.objects.select_for_update()
    if reason == DestructionReason.DUE:
        # A patient who wrote meanwhile has opened it again.
        wanted = wanted.filter(pk__in=due_before(RequestPolicy.load(), timezone.now()).values("pk"))
    request = wanted.get(pk=request.pk)
    files = [photo.file for photo in request.photos.all()]
    receipt = Destruction.objects.create(
        reference=request.reference,
        receipt_hash=request.receipt_hash,
        reason=reason,
        photos=len(files),
        notes=request.notes.count(),
    )
    record.write(Action.DESTROYED, actor, request, reason.value)
    request.delete()
    for file in files:
        transaction.on_commit(partial(_remove, file.storage, str(file.name)))
    return receipt


def _remove(storage: Storage, name: str) -> None:
    try:
        storage.delete(name)
    except Exception:
        # Each kind of storage has errors of its own. Its key is gone already; the daily sweep tries again.
        logger.exception("a sealed file could not be removed")


def due_on(request: ConsultationRequest, policy: RequestPolicy) -> dt.datetime | None:
    """When a finished request is destroyed; None while there is something to do."""
    kept = policy.kept_for(request.status)
    return None if kept is None else request.status_changed_at + kept


def due_before(policy: RequestPolicy, moment: dt.datetime) -> QuerySet[ConsultationRequest]:
    """Finished requests whose time is over at that moment."""
    over = Q()
    for status in FINISHED:
        over |= Q(status=status, status_changed_at__lte=moment - (policy.kept_for(status) or dt.timedelta()))
    return ConsultationRequest.objects.filter(over)


def shred_due(say: Callable[[str], None]) -> int:
    """Destroy what is due and return how many requests that were. One that fails does not stop the rest."""
    destroyed = 0
    for pk in list(due_before(RequestPolicy.load(), timezone.now()).values_list("pk", flat=True)):
        try:
            receipt = destroy(ConsultationRequest(pk=pk), DestructionReason.DUE, record.SITE)
        except ConsultationRequest.DoesNotExist:
            continue
        except Exception:
            logger.exception("a request that is due could not be destroyed; it is tried again tomorrow")
            continue
        destroyed += 1
        say(f"{receipt.reference} destroyed, receipt {receipt.number}")
    return destroyed


def forget(say: Callable[[str], None]) -> None:
    """Let go of what is of no more use: old counts, fingerprints, sent notices, files without a request."""
    now = timezone.now()
    forget_past_hours()
    ConsultationRequest.objects.filter(fingerprint__isnull=False, received_at__lt=now - FINGERPRINT_AGE).update(fingerprint=None)
    Notice.objects.filter(sent_at__lt=now - SENT_NOTICE_AGE).delete()
    for name in orphans(now - ORPHAN_AGE):
        _remove(sealed_storage(), name)
        say("a sealed file without a request was removed")


def orphans(before: dt.datetime) -> Iterator[str]:
    """Sealed files that no request knows."""
    storage = sealed_storage()
    for name in _files(storage, ""):
        if storage.get_modified_time(name) < before and not SealedPhoto.objects.filter(file=name).exists():
            yield name


def _files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _files(storage, f"{folder}/{name}".lstrip("/"))
