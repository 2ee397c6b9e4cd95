"""Sealed files that staff store about patients, such as a signed consent."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class SealedFile(models.Model):
    """The sealed key of one file in the private storage, whose content is encrypted with that key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True, editable=False)
    sealed_keys = models.JSONField(_("sealed keys"), default=dict, editable=False)

    class Meta:
        app_label = "consultations"
        default_permissions = ()
        verbose_name = _("sealed file")
        verbose_name_plural = _("sealed files")

    def __str__(self) -> str:
        return self.name
