"""Destroying a request with everything that belongs to it."""

import logging
from functools import partial

from django.conf import settings
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from common.types import Actor
from consultations import access_log
from consultations.actions.log_patients_actions import log_patients_actions
from consultations.choices import Action, DestructionReason
from consultations.models.deletion import DeletionCertificate
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest
from consultations.retention import due_before
from database.functions import WITHDRAW

logger = logging.getLogger(__name__)


@transaction.atomic
def destroy(consultation: ConsultationRequest, reason: DestructionReason, actor: Actor) -> DeletionCertificate:
    """Destroy a request with its key, notes, photos, index entries and mails, and return the deletion certificate.

    Raises `ConsultationRequest.DoesNotExist` if the request is already destroyed, or no longer due. The sealed key is deleted in this
    transaction. The photo files are deleted after the commit: a file that a crash leaves behind can be opened with no key.
    """
    if settings.SITE_ROLE == "public" and connection.vendor == "postgresql":
        return withdraw_as_patient(consultation)
    candidates = ConsultationRequest.objects.select_for_update()
    if reason == DestructionReason.DUE:
        # A message from the patient in the meantime has reopened the request.
        candidates = candidates.filter(pk__in=due_before(RequestPolicy.current(), timezone.now()).values("pk"))
    consultation = candidates.get(pk=consultation.pk)
    files = [photo.file for photo in consultation.photos.all()]
    certificate = DeletionCertificate.objects.create(
        reference=consultation.reference,
        request_id=consultation.pk,
        is_logged=actor != access_log.PATIENT,
        receipt_hash=consultation.receipt_hash,
        reason=reason,
        photos=len(files),
        notes=consultation.notes.count(),
    )
    if certificate.is_logged:
        access_log.write(Action.DESTROYED, actor, consultation, reason.value)
    consultation.delete()
    if not certificate.is_logged:
        log_patients_actions()
    remove_files_on_commit(files)
    return certificate


def remove_files_on_commit(files: list[FieldFile]) -> None:
    """Delete sealed files once the transaction is committed."""
    for file in files:
        transaction.on_commit(partial(remove_file, file.storage, str(file.name)))


def withdraw_as_patient(consultation: ConsultationRequest) -> DeletionCertificate:
    """Let the database destroy the request of the receipt scope, in a public process, which may not delete (`database.functions`)."""
    files = [photo.file for photo in consultation.photos.all()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {WITHDRAW}()")
        (certificate_id,) = cursor.fetchone()
    if certificate_id is None:
        raise ConsultationRequest.DoesNotExist
    remove_files_on_commit(files)
    return DeletionCertificate.objects.get(pk=certificate_id)


def remove_file(storage: Storage, name: str) -> None:
    """Delete a sealed file. After a failure no key opens it, and the daily purge tries again."""
    try:
        storage.delete(name)
    except Exception:
        # Each storage backend raises its own exceptions.
        logger.exception("a sealed file could not be removed")
