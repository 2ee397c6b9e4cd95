"""Destroying a request with everything that belongs to it."""

import logging
from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from consultations import access_log
from consultations.choices import Action, DestructionReason
from consultations.models.deletion import DeletionCertificate
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest
from consultations.retention import due_before

logger = logging.getLogger(__name__)


@transaction.atomic
def destroy(consultation: ConsultationRequest, reason: DestructionReason, actor: Any) -> DeletionCertificate:
    """Destroy a request with its key, notes, photos, index entries and mails, and return the deletion certificate.

    Raises `ConsultationRequest.DoesNotExist` where somebody else was faster, or it is no longer due. The sealed key goes in the same
    transaction as all the rest; files go right after it, and what a crash leaves of them opens with no key.
    """
    wanted = ConsultationRequest.objects.select_for_update()
    if reason == DestructionReason.DUE:
        # A patient who wrote meanwhile has opened it again.
        wanted = wanted.filter(pk__in=due_before(RequestPolicy.load(), timezone.now()).values("pk"))
    consultation = wanted.get(pk=consultation.pk)
    files = [photo.file for photo in consultation.photos.all()]
    certificate = DeletionCertificate.objects.create(
        reference=consultation.reference,
        receipt_hash=consultation.receipt_hash,
        reason=reason,
        photos=len(files),
        notes=consultation.notes.count(),
    )
    access_log.write(Action.DESTROYED, actor, consultation, reason.value)
    consultation.delete()
    for file in files:
        transaction.on_commit(partial(remove_file, file.storage, str(file.name)))
    return certificate


def remove_file(storage: Storage, name: str) -> None:
    """Delete a sealed file. One that stays opens with no key, and the daily sweep tries again."""
    try:
        storage.delete(name)
    except Exception:
        # Each kind of storage has errors of its own.
        logger.exception("a sealed file could not be removed")
