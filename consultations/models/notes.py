"""Notes by staff and messages by the patient, sealed like the request itself."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.types import Staff
from consultations.choices import NoteKind
from consultations.models.request import ConsultationRequest
from sealing.encryption import ContentKey
from sealing.keys import private_keys, public_keys


class SealedNote(models.Model):
    """A note by staff, or a message by the patient. Each has its own content key, so that a public process can write one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=12, choices=NoteKind.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    #: Whether the access log has an entry for it. A public process, which cannot write the log, stores a patient's message without.
    is_logged = models.BooleanField(_("in the access record"), default=False, editable=False)
    sealed_keys = models.JSONField(_("sealed keys"), default=dict, editable=False)
    sealed_text = models.BinaryField(_("sealed text"), editable=False)

    class Meta:
        ordering = ("written_at",)
        default_permissions = ()
        verbose_name = _("sealed note")
        verbose_name_plural = _("sealed notes")

    def __str__(self) -> str:
        return f"{self.request.reference}: {self.get_kind_display()}"

    @classmethod
    def seal(cls, consultation: ConsultationRequest, kind: NoteKind, text: str, author: Staff | None = None) -> Self:
        """A sealed note, not saved yet. Raises `SealingKeyError` if there is no key to seal to."""
        note = cls(request=consultation, kind=kind, author=author)
        key = ContentKey.generate(note.id)
        note.sealed_keys = key.seal_to(public_keys())
        note.sealed_text = key.seal_text(note.part, text)
        return note

    @property
    def part(self) -> str:
        """The name that the text is sealed under. It binds the note to its request: under another request it does not open."""
        return f"note/{self.request_id}"

    def open_text(self) -> str:
        """The decrypted text. Raises `CannotOpenError`, or `SealingKeyError` if the key file is damaged."""
        return ContentKey.unseal(self.id, self.sealed_keys, private_keys()).open_text(self.part, self.sealed_text)
