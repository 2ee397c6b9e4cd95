"""Entries in the access log for what patients did: a public process cannot write the log, so the staff side does it from what is stored."""

from django.conf import settings
from django.db import transaction

from consultations import access_log
from consultations.choices import Action, DestructionReason, NoteKind
from consultations.models.deletion import DeletionCertificate
from consultations.models.notes import SealedNote
from consultations.models.request import ConsultationRequest

BATCH_SIZE = 500


@transaction.atomic
def log_patients_actions() -> int:
    """Write an entry for each message and each withdrawal that has none yet, and return their number.

    Does nothing in a process without the key of the access log.
    """
    if not settings.ACCESS_RECORD_KEY:
        return 0
    messages = SealedNote.objects.filter(kind=NoteKind.PATIENT, is_logged=False).select_related("request").order_by("written_at")
    withdrawn = DeletionCertificate.objects.filter(reason=DestructionReason.WITHDRAWN, is_logged=False).order_by("destroyed_at")
    if not (messages.exists() or withdrawn.exists()):
        return 0
    # A public process can hold its own rows locked. They wait for the next run, and with them nobody who needs the end of the record.
    notes = list(messages.select_for_update(skip_locked=True, of=("self",))[:BATCH_SIZE])
    certificates = list(withdrawn.select_for_update(skip_locked=True)[:BATCH_SIZE])
    if notes:
        access_log.write_all(Action.MESSAGE, access_log.PATIENT, [note.request for note in notes])
        SealedNote.objects.filter(pk__in=[note.pk for note in notes]).update(is_logged=True)
    if certificates:
        destroyed = [ConsultationRequest(pk=certificate.request_id, reference=certificate.reference) for certificate in certificates]
        access_log.write_all(Action.DESTROYED, access_log.PATIENT, destroyed, DestructionReason.WITHDRAWN.value)
        DeletionCertificate.objects.filter(pk__in=[certificate.pk for certificate in certificates]).update(is_logged=True)
    return len(notes) + len(certificates)
