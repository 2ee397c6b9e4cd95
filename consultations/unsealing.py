"""Reading sealed requests, which needs the private key. A request or note that cannot be opened is written to the access log."""

from dataclasses import dataclass

from common.phones import format_phone
from common.types import Actor, JSONObject
from consultations import access_log
from consultations.choices import Action, NoteKind
from consultations.models.notes import SealedNote
from consultations.models.request import CONTACT_FIELDS, ConsultationRequest
from sealing.encryption import ContentKey
from sealing.errors import UNREADABLE


@dataclass(frozen=True)
class OpenedRequest:
    """The decrypted content of a request. Empty if it cannot be opened."""

    contact: JSONObject | None = None
    phone_display: str = ""
    #: Answers beyond the contact details, in the order of the form.
    answers: tuple[dict[str, str], ...] = ()

    @property
    def cannot_open(self) -> bool:
        """Whether no private key fits, or the stored content was altered."""
        return self.contact is None


@dataclass(frozen=True)
class OpenedNote:
    """A decrypted note or message. The text is empty if it cannot be opened."""

    note: SealedNote
    text: str

    @property
    def is_patient(self) -> bool:
        """Whether the patient wrote it."""
        return self.note.kind == NoteKind.PATIENT


def open_contact(consultation: ConsultationRequest, actor: Actor, key: ContentKey | None = None) -> JSONObject | None:
    """The contact details, or None if they cannot be opened."""
    try:
        return consultation.contact(key)
    except UNREADABLE:
        access_log.write(Action.CANNOT_OPEN, actor, consultation)
        return None


def open_request(consultation: ConsultationRequest, actor: Actor) -> OpenedRequest:
    """Contact details and answers. Empty if they cannot be opened."""
    try:
        key = consultation.content_key()
        contact, answers = consultation.contact(key), consultation.answers(key)
    except UNREADABLE:
        access_log.write(Action.CANNOT_OPEN, actor, consultation)
        return OpenedRequest()
    other_answers = tuple(answer for answer in answers if answer["name"] not in CONTACT_FIELDS)
    return OpenedRequest(contact, format_phone(contact["phone"]), other_answers)


def open_notes(consultation: ConsultationRequest, actor: Actor) -> list[OpenedNote]:
    """Notes and messages, oldest first."""
    notes = []
    for note in SealedNote.objects.filter(request=consultation).select_related("author"):
        try:
            text = note.open_text()
        except UNREADABLE:
            access_log.write(Action.CANNOT_OPEN, actor, consultation, "note")
            text = ""
        notes.append(OpenedNote(note, text))
    return notes
