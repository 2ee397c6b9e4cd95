"""Correspondence: messages by the patient and notes by staff, added to a request later."""

from django.db import transaction
from django.utils import timezone

from common.types import Staff
from consultations import access_log
from consultations.actions.log_patients_actions import log_patients_actions
from consultations.choices import Action, MailKind, NoteKind, Status
from consultations.models.notes import SealedNote
from consultations.models.outgoing_mail import OutgoingMail
from consultations.models.request import ConsultationRequest


@transaction.atomic
def receive_message(consultation: ConsultationRequest, text: str) -> None:
    """Store a patient's message, sealed, and queue a mail to staff.

    A closed request is reopened, so that the message is read before the request is destroyed. Raises `SealingKeyError`,
    or `ConsultationRequest.DoesNotExist` if the request was destroyed in the meantime.
    """
    consultation = ConsultationRequest.objects.select_for_update().get(pk=consultation.pk)
    SealedNote.seal(consultation, NoteKind.PATIENT, text).save(force_insert=True)
    consultation.has_unread_message = True
    if consultation.is_finished:
        consultation.status, consultation.status_changed_at = Status.NEW, timezone.now()
    consultation.save(update_fields=["has_unread_message", "status", "status_changed_at"])
    OutgoingMail.objects.create(request=consultation, kind=MailKind.MESSAGE)
    log_patients_actions()


@transaction.atomic
def write_note(consultation: ConsultationRequest, kind: NoteKind, text: str, author: Staff) -> SealedNote:
    """Store a note by staff, sealed. Raises `SealingKeyError`, or `ConsultationRequest.DoesNotExist` if it was destroyed meanwhile."""
    consultation = ConsultationRequest.objects.select_for_update().get(pk=consultation.pk)
    note = SealedNote.seal(consultation, kind, text, author)
    note.save(force_insert=True)
    access_log.write(Action.NOTED, author, consultation, kind.value)
    return note
