"""Correspondence: messages by the patient and notes by staff, added to a request later."""

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from common.types import Staff
from consultations import access_log
from consultations.actions.log_patients_actions import log_patients_actions
from consultations.choices import Action, MailKind, NoteKind, Status
from consultations.models.notes import SealedNote
from consultations.models.outgoing_mail import OutgoingMail
from consultations.models.request import ConsultationRequest
from database.functions import NOTE_MESSAGE


@transaction.atomic
def receive_message(consultation: ConsultationRequest, text: str, may_be_urgent: bool = False) -> None:
    """Store a patient's message, sealed, and queue a mail to staff.

    A closed request is reopened, so that the message is read before the request is destroyed. Raises `SealingKeyError`,
    or `ConsultationRequest.DoesNotExist` if the request was destroyed in the meantime.
    """
    _note_message(consultation, may_be_urgent)
    SealedNote.seal(consultation, NoteKind.PATIENT, text).save(force_insert=True)
    OutgoingMail.objects.create(request=consultation, kind=MailKind.MESSAGE)
    log_patients_actions()


def _note_message(consultation: ConsultationRequest, may_be_urgent: bool) -> None:
    """Lock the request and mark that the patient wrote again. A public process may change no request, so the database does it."""
    if settings.SITE_ROLE == "public" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {NOTE_MESSAGE}(%s)", [may_be_urgent])
            if not cursor.fetchone()[0]:
                raise ConsultationRequest.DoesNotExist
        return
    stored = ConsultationRequest.objects.select_for_update().get(pk=consultation.pk)
    stored.has_unread_message = True
    stored.may_be_urgent = stored.may_be_urgent or may_be_urgent
    if stored.is_finished:
        stored.status, stored.status_changed_at = Status.NEW, timezone.now()
    stored.save(update_fields=["has_unread_message", "may_be_urgent", "status", "status_changed_at"])


@transaction.atomic
def write_note(consultation: ConsultationRequest, kind: NoteKind, text: str, author: Staff) -> SealedNote:
    """Store a note by staff, sealed. Raises `SealingKeyError`, or `ConsultationRequest.DoesNotExist` if it was destroyed meanwhile."""
    consultation = ConsultationRequest.objects.select_for_update().get(pk=consultation.pk)
    note = SealedNote.seal(consultation, kind, text, author)
    note.save(force_insert=True)
    access_log.write(Action.NOTED, author, consultation, kind.value)
    return note
