"""The search index: keyed hashes of names, phone numbers and e-mail addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.request import ConsultationRequest


class SearchToken(models.Model):
    """One searchable value of one request. Only a process with the private key can find out which value it stands for."""

    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="tokens")
    token = models.CharField(_("keyed hash"), max_length=32)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("token", "request"), name="one_token_per_request")]
        verbose_name = _("search token")
        verbose_name_plural = _("search tokens")

    def __str__(self) -> str:
        return self.token
