"""The text that patients agree to, version by version."""

from typing import Self

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from page_cache.memo import cached_per_version


class ConsentVersion(models.Model):
    """A published consent text. It is never changed or deleted, because requests refer to it."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    text = models.TextField(_("text"), max_length=1200)
    first_published_at = models.DateTimeField(_("first published"), auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        default_permissions = ("view",)
        verbose_name = _("consent version")
        verbose_name_plural = _("consent versions")

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.number})

    @classmethod
    def for_text(cls, text: str) -> Self:
        """The version with exactly this text, created if it is new."""
        while True:
            version = cls.objects.filter(text=text).first()
            if version:
                return version
            last_number = cls.objects.order_by("-number").values_list("number", flat=True).first() or 0
            try:
                with transaction.atomic():
                    return cls.objects.create(number=last_number + 1, text=text)
            except IntegrityError:
                continue


@cached_per_version
def consent_id(text: str) -> int:
    """The primary key of the version with exactly this text.

    Do not call this in a transaction that may be rolled back: the cached key would point to a row that does not exist.
    """
    return ConsentVersion.for_text(text).pk
