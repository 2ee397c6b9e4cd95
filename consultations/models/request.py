"""A consultation request as it is stored: sealed, with nothing a patient wrote in the clear."""

import json
import secrets
import uuid
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.choices import Status
from consultations.keys import private_keys
from consultations.sealing import RequestKey

#: Letters and digits that nobody mixes up when reading them out on the phone.
REFERENCE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def sealed_storage() -> Storage:
    """Where sealed photographs live: no address serves it."""
    return storages["sealed"]


def new_reference() -> str:
    """Eight characters to name a request on the phone, such as `K7QF-4MZ2`."""
    characters = "".join(secrets.choice(REFERENCE_ALPHABET) for _position in range(8))
    return f"{characters[:4]}-{characters[4:]}"


class ConsultationRequest(models.Model):
    """One request. Only its state is readable; the rest opens with the clinic's private key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.NEW)
    status_changed_at = models.DateTimeField(_("status changed"), null=True, blank=True, editable=False)
    sealed_keys = models.JSONField(_("sealed keys"), default=dict, editable=False)
    sealed_contact = models.BinaryField(_("sealed contact"), editable=False)
    sealed_answers = models.BinaryField(_("sealed answers"), editable=False)

    class Meta:
        ordering = ("-received_at",)
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=("status", "-received_at"))]
        verbose_name = _("consultation request")
        verbose_name_plural = _("consultation requests")

    def __str__(self) -> str:
        return self.reference

    def request_key(self) -> RequestKey:
        """This request's key. Raises `CannotOpen` without a fitting private key."""
        return RequestKey.unseal(self.id, self.sealed_keys, private_keys())

    def contact(self, key: RequestKey | None = None) -> dict[str, Any]:
        """Name and ways to answer. Raises `CannotOpen`."""
        return dict(json.loads((key or self.request_key()).open("contact", self.sealed_contact)))

    def answers(self, key: RequestKey | None = None) -> list[dict[str, str]]:
        """Every answer in the order of the form: `name`, the `label` it was asked under, `value`. Raises `CannotOpen`."""
        return list(json.loads((key or self.request_key()).open("answers", self.sealed_answers)))

    def set_status(self, status: Status) -> None:
        """Record how far the front desk has come."""
        self.status = status
        self.status_changed_at = timezone.now()
        self.save(update_fields=["status", "status_changed_at"])


class SealedPhoto(models.Model):
    """One photograph, re-encoded without metadata and sealed with its request's key."""

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
        """The name under which this photograph is sealed."""
        return f"photo/{self.position}"

    def open_image(self, key: RequestKey) -> bytes:
        """The photograph as JPEG. Raises `CannotOpen`."""
        with self.file.open("rb") as file:
            return key.open(self.part, file.read())
