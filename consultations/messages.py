"""What is added to a request later: by the patient, and by staff."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations import record
from consultations.choices import Action, NoteKind, NoticeKind, Status
from consultations.models.notes import SealedNote
from consultations.models.notices import Notice
from consultations.models.request import ConsultationRequest


@transaction.atomic
def receive_message(request: ConsultationRequest, text: str) -> None:
    """Store a patient's message, sealed, and announce it.

    A closed request is opened again, so that it is read and not destroyed. Raises `KeyProblem`, or
    `ConsultationRequest.DoesNotExist` where it was destroyed meanwhile.
    """
    request = ConsultationRequest.objects.select_for_update().get(pk=request.pk)
    SealedNote.seal(request, NoteKind.PATIENT, text).save(force_insert=True)
    request.has_unread_message = True
    if request.is_finished:
        request.status, request.status_changed_at = Status.NEW, timezone.now()
    request.save(update_fields=["has_unread_message", "status", "status_changed_at"])
    Notice.objects.create(request=request, kind=NoticeKind.MESSAGE)
    record.write(Action.MESSAGE, record.PATIENT, request)


@transaction.atomic
def write_note(request: ConsultationRequest, kind: NoteKind, text: str, author: Any) -> SealedNote:
    """Store a note by staff, sealed. Raises `KeyProblem`, or `ConsultationRequest.DoesNotExist` where it was destroyed meanwhile."""
    request = ConsultationRequest.objects.select_for_update().get(pk=request.pk)
    note = SealedNote.seal(request, kind, text, author)
    note.save(force_insert=True)
    record.write(Action.NOTED, author, request, kind.value)
    return note
