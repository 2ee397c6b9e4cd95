"""A patient's consent to show photographs, with its scope and period."""

from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.clock import clinic_day
from common.pictures import is_picture


def private_storage() -> Storage:
    """Storage for files that no URL serves."""
    return storages["private"]


#: File types of signed forms.
#: A PDF may begin with a few bytes of something else.
PDF_WITHIN = 1024
MAX_DOCUMENT_BYTES = 10 * 1024 * 1024


class ConsentScope(models.TextChoices):
    """Where a patient lets the clinic show photographs."""

    CLINIC = "clinic", _("In the clinic only")
    WEBSITE = "website", _("On this website")
    PUBLIC = "public", _("On this website and in print")

    @property
    def allows_website(self) -> bool:
        """Whether a page may show the photographs."""
        return self is not ConsentScope.CLINIC


def is_pdf_or_picture(file: IO[bytes]) -> bool:
    """Whether a file is one by its content; its name may end in anything."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    return b"%PDF-" in content[:PDF_WITHIN] or is_picture(content)


class PhotoConsent(models.Model):
    """What one patient agreed to, and for which period. It has a code instead of the patient's name."""

    code = models.CharField(
        _("code"), max_length=40, unique=True, help_text=_("How you find the patient's file, such as P-2026-014. Never a name.")
    )
    scope = models.CharField(_("agreed to"), max_length=16, choices=ConsentScope.choices)
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(
        _("holds until"), null=True, blank=True, help_text=_("On the day after, the photos go offline. Empty: until it is withdrawn.")
    )
    document = models.FileField(
        _("signed form"), storage=private_storage, upload_to="consents/", blank=True, max_length=200,
        help_text=_("A scan or PDF of at most 10 MB. Kept sealed, apart from the site's pictures; only staff with this right can open it."),
    )  # fmt: skip
    note = models.CharField(_("note for staff"), max_length=240, blank=True, help_text=_("At most 240 characters. No health details."))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    ended_places = models.JSONField(default=list, editable=False)

    class Meta:
        app_label = "core"
        ordering = ("-given_on", "code")
        permissions = [("withdraw_photoconsent", "Can withdraw a photo consent")]
        verbose_name = _("photo consent")
        verbose_name_plural = _("photo consents")

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str | Promise] = {}
        if self.pk and type(self).objects.filter(pk=self.pk, withdrawn_at__isnull=False).exists():
            raise ValidationError(_("This consent was withdrawn. Its record stays as it is, as proof of what was agreed."))
        if self.given_on and self.given_on > clinic_day():
            problems["given_on"] = _("This day has not come yet.")
        if self.given_on and self.expires_on and self.expires_on < self.given_on:
            problems["expires_on"] = _("This is before the day on which it was given.")
        if self.document and self.document.size > MAX_DOCUMENT_BYTES:
            problems["document"] = _("This file is larger than 10 MB. Scan it with fewer details, or in gray.")
        elif self.document and not getattr(self.document, "_committed", True) and not is_pdf_or_picture(self.document.file):
            problems["document"] = _("Choose a PDF or a picture of the signed form.")
        if problems:
            raise ValidationError(problems)

    @property
    def holds(self) -> bool:
        """Whether a page may show the photographs today."""
        in_time = self.expires_on is None or self.expires_on >= clinic_day()
        return self.withdrawn_at is None and in_time and ConsentScope(self.scope).allows_website

    @property
    def state(self) -> str | Promise:
        """A short label for lists: withdrawn, expired, holds, or not for the website."""
        if self.withdrawn_at:
            return _("Withdrawn")
        if self.expires_on and self.expires_on < clinic_day():
            return _("Expired")
        return _("Holds") if ConsentScope(self.scope).allows_website else _("Not for the website")
