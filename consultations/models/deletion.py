"""Deletion certificates: what is left of a destroyed request, without any data of the patient."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.choices import DestructionReason


class DeletionCertificate(models.Model):
    """The deletion certificate of one request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request_id = models.UUIDField(_("request"), null=True, editable=False)
    #: As for a note: whether the access log has an entry for it.
    is_logged = models.BooleanField(_("in the access record"), default=False, editable=False)
    reference = models.CharField(_("reference"), max_length=9, editable=False)
    receipt_hash = models.CharField(_("hash of the receipt code"), max_length=64, db_index=True, editable=False)
    reason = models.CharField(_("why"), max_length=12, choices=DestructionReason.choices, editable=False)
    destroyed_at = models.DateTimeField(_("destroyed"), default=timezone.now, editable=False)
    photos = models.PositiveSmallIntegerField(_("photos destroyed with it"), default=0, editable=False)
    notes = models.PositiveSmallIntegerField(_("notes and messages destroyed with it"), default=0, editable=False)

    class Meta:
        db_table = "consultations_destruction"
        ordering = ("-destroyed_at",)
        default_permissions = ()
        verbose_name = _("deletion certificate")
        verbose_name_plural = _("deletion certificates")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that people quote, such as `D-3F9A6C01`."""
        return f"D-{self.id.hex[:8].upper()}"
