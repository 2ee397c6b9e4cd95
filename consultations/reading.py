"""Reading sealed requests: whoever calls this holds the private key. What cannot be opened is written to the access log."""

from dataclasses import dataclass
from typing import Any

from common.phones import format_phone
from consultations import access_log
from consultations.choices import Action, NoteKind
from consultations.models.notes import SealedNote
from consultations.models.request import CONTACT_FIELDS, ConsultationRequest
from sealing.encryption import ContentKey
from sealing.errors import UNREADABLE


@dataclass(frozen=True)
class OpenedRequest:
    """What a patient wrote, in words. Empty where it does not open."""

    contact: dict[str, Any] | None = None
    phone_display: str = ""
    #: Answers beyond the contact details, in the order of the form.
    answers: tuple[dict[str, str], ...] = ()

    @property
    def cannot_open(self) -> bool:
        """Whether no key here fits, or something was altered."""
        return self.contact is None


@dataclass(frozen=True)
class OpenedNote:
    """A note or message. The text is empty where it does not open."""

    note: SealedNote
    text: str

    @property
    def is_patient(self) -> bool:
        """Whether the patient wrote it."""
        return self.note.kind == NoteKind.PATIENT


def open_contact(consultation: ConsultationRequest, actor: Any, key: ContentKey | None = None) -> dict[str, Any] | None:
    """Name and ways to answer, or None where they cannot be opened."""
    try:
        return consultation.contact(key)
    except UNREADABLE:
        access_log.write(Action.CANNOT_OPEN, actor, consultation)
        return None


def open_request(consultation: ConsultationRequest, actor: Any) -> OpenedRequest:
    """Contact details and answers."""
    try:
        key = consultation.content_key()
        contact, answers = consultation.contact(key), consultation.answers(key)
    except UNREADABLE:
        access_log.write(Action.CANNOT_OPEN, actor, consultation)
        return OpenedRequest()
    others = tuple(answer for answer in answers if answer["name"] not in CONTACT_FIELDS)
    return OpenedRequest(contact, format_phone(contact["phone"]), others)


def open_notes(consultation: ConsultationRequest, actor: Any) -> list[OpenedNote]:
    """Notes and messages, the oldest first."""
    notes = []
    for note in SealedNote.objects.filter(request=consultation).select_related("author"):
        try:
            text = note.open_text()
        except UNREADABLE:
            access_log.write(Action.CANNOT_OPEN, actor, consultation, "note")
            text = ""
        notes.append(OpenedNote(note, text))
    return notes
