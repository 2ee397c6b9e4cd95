"""Consultation requests and their photos, stored sealed: nothing that a patient wrote is in the clear."""

import datetime as dt
import json
import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.types import JSONObject, JSONValue
from consultations.choices import Status, Suspicion
from consultations.receipt_codes import new_reference
from sealing.encryption import ContentKey
from sealing.errors import CannotOpenError
from sealing.keys import private_keys

CONTACT_TEXTS = ("name", "email", "phone", "contact_preference")
CONTACT_FIELDS = (*CONTACT_TEXTS, "voicemail_ok")


def sealed_storage() -> Storage:
    """The storage of sealed photos. No URL serves its files."""
    return storages["sealed"]


def _parse_json(content: str) -> JSONValue:
    """Decrypted content as JSON. Raises `CannotOpenError` if it is none."""
    try:
        parsed = json.loads(content)
        # A text with half a surrogate pair can be neither stored nor sent.
        json.dumps(parsed, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as problem:
        raise CannotOpenError("what was sealed is no JSON that the site writes") from problem
    return parsed


class ConsultationRequest(models.Model):
    """One request. Only its state is in the clear. Contact details and answers open with the clinic's private key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.NEW)
    status_changed_at = models.DateTimeField(_("status changed"), default=timezone.now, editable=False)
    is_new = models.GeneratedField(
        expression=Case(When(Q(status=Status.NEW), then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("is new"),
    )
    #: The patient wrote of what may be urgent, and that it is not happening now.
    may_be_urgent = models.BooleanField(_("to be read first"), default=False, db_default=False, editable=False)
    waits_first = models.GeneratedField(
        expression=Case(
            When(Q(may_be_urgent=True) & (Q(status=Status.NEW) | Q(has_unread_message=True)), then=Value(True)), default=Value(False)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("waits to be read first"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("assigned to")
    )
    has_unread_message = models.BooleanField(_("the patient wrote again"), default=False, editable=False)
    suspicion = models.CharField(_("possible spam"), max_length=8, choices=Suspicion.choices, blank=True, editable=False)
    consent = models.ForeignKey("consultations.ConsentVersion", on_delete=models.PROTECT, related_name="+", verbose_name=_("consent"))
    receipt_hash = models.CharField(_("hash of the receipt code"), max_length=64, unique=True, editable=False)
    #: Identifies a repeated POST of the same words by the same browser. Deleted after a day.
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    indexed_with = models.CharField(_("indexed with"), max_length=16, blank=True, editable=False)
    sealed_keys = models.JSONField(_("sealed keys"), default=dict, editable=False)
    sealed_contact = models.BinaryField(_("sealed contact"), editable=False)
    sealed_answers = models.BinaryField(_("sealed answers"), editable=False)

    class Meta:
        ordering = ("-waits_first", "-is_new", "-received_at")
        default_permissions = ("view", "change", "export", "destroy")
        indexes = [
            models.Index(fields=("-waits_first", "-is_new", "-received_at")),
            models.Index(fields=("status", "-waits_first", "-is_new", "-received_at")),
            models.Index(fields=("owner", "-waits_first", "-is_new", "-received_at")),
            models.Index(fields=("status", "status_changed_at")),
            models.Index(fields=("indexed_with",)),
        ]
        verbose_name = _("consultation request")
        verbose_name_plural = _("consultation requests")

    def __str__(self) -> str:
        return self.reference

    def content_key(self) -> ContentKey:
        """This request's content key. Raises `CannotOpenError` if no private key fits, `SealingKeyError` if the key file is damaged."""
        return ContentKey.unseal(self.id, self.sealed_keys, private_keys())

    def contact(self, key: ContentKey | None = None) -> JSONObject:
        """The values of `CONTACT_FIELDS`. Raises as `content_key` does, also if what was sealed has another shape."""
        contact = _parse_json((key or self.content_key()).open_text("contact", self.sealed_contact))
        has_texts = isinstance(contact, dict) and all(isinstance(contact.get(name), str) for name in CONTACT_TEXTS)
        if not has_texts or not isinstance(contact.get("voicemail_ok"), bool):
            raise CannotOpenError("the contact details have another shape than the site writes")
        return contact

    def answers(self, key: ContentKey | None = None) -> list[dict[str, str]]:
        """Every answer in the order of the form: `name`, `label`, `value`. Raises as `contact` does."""
        answers = _parse_json((key or self.content_key()).open_text("answers", self.sealed_answers))
        if not isinstance(answers, list) or not all(
            isinstance(answer, dict) and all(isinstance(answer.get(name), str) for name in ("name", "label", "value")) for answer in answers
        ):
            raise CannotOpenError("the answers have another shape than the site writes")
        return answers

    def set_status(self, status: Status) -> None:
        """Save a new status and the time of the change."""
        self.status = status
        self.status_changed_at = timezone.now()
        self.save(update_fields=["status", "status_changed_at"])

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do, so that the retention period runs."""
        return self.status in (Status.CLOSED, Status.SPAM)

    def is_overdue(self, hours: int) -> bool:
        """Whether it is still new after that many hours."""
        return self.status == Status.NEW and timezone.now() - self.received_at > dt.timedelta(hours=hours)


class SealedPhoto(models.Model):
    """One photo, re-encoded without metadata and sealed with its request's content key."""

    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField(_("place"))
    file = models.FileField(_("sealed file"), storage=sealed_storage, max_length=120)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))

    class Meta:
        ordering = ("position",)
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("request", "position"), name="one_photo_per_place")]
        verbose_name = _("sealed photo")
        verbose_name_plural = _("sealed photos")

    def __str__(self) -> str:
        return f"{self.request.reference}/{self.position}"

    @property
    def part(self) -> str:
        """The name that this photo is sealed under."""
        return f"photo/{self.position}"

    def open_image(self, key: ContentKey) -> bytes:
        """The photo as JPEG. Raises `CannotOpenError`, also if its file cannot be read."""
        try:
            with self.file.open("rb") as file:
                sealed = file.read()
        except Exception as problem:
            # Each storage backend raises its own exceptions.
            raise CannotOpenError("the sealed file cannot be read") from problem
        return key.open(self.part, sealed)
