"""The access log: who viewed or changed what, in a hash chain that reveals alteration and removal. Staff call it the access record."""

from typing import NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.types import Extra
from consultations.choices import Action


class AppendOnlyError(Exception):
    """Code tried to change or delete an entry of the access log."""


class AppendOnlyQuerySet(models.QuerySet):
    """Allows reading and adding. Triggers in the database enforce the same."""

    def update(self, **kwargs: Extra) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class AccessLogEntry(models.Model):
    """One entry. It names the request by reference, never the patient, and outlives the request."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=150, help_text=_("A user name, “the patient” or “the site”."))
    action = models.CharField(_("what"), max_length=16, choices=Action.choices)
    request_id = models.UUIDField(_("request"), null=True)
    reference = models.CharField(_("reference"), max_length=9, blank=True)
    detail = models.TextField(_("detail"), max_length=1000, blank=True)
    chain_hash = models.CharField(_("hash"), max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        db_table = "consultations_accessrecord"
        ordering = ("-number",)
        default_permissions = ()
        permissions = [("view_accessrecord", "Can view the access record")]
        indexes = [
            models.Index(fields=("request_id", "-number")),
            models.Index(fields=("actor", "-number")),
            models.Index(fields=("action", "-number")),
        ]
        verbose_name = _("entry of the access record")
        verbose_name_plural = _("access record")

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}"

    def save(self, *args: Extra, **kwargs: Extra) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Extra, **kwargs: Extra) -> NoReturn:
        raise AppendOnlyError


class AccessLogHead(models.Model):
    """The end of the chain. Writers lock its one row, and comparing it with the last entry reveals truncation."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(_("last number"), default=0)
    chain_hash = models.CharField(_("last hash"), max_length=64, blank=True)
    seal = models.CharField(_("keyed hash of both"), max_length=64, blank=True)

    class Meta:
        db_table = "consultations_recordhead"
        default_permissions = ()
        verbose_name = _("end of the access record")

    def __str__(self) -> str:
        return str(self.number)
