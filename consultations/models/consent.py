"""The text that patients agree to, version by version."""

from typing import Self

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from page_cache.memo import cached_per_version


class ConsentVersion(models.Model):
    """A consent text as it was published. Never changed and never deleted, so that a request can name it."""

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
    def of(cls, text: str) -> Self:
        """The version with exactly this text, made where it is new."""
        while True:
            found = cls.objects.filter(text=text).first()
            if found:
                return found
            last = cls.objects.order_by("-number").values_list("number", flat=True).first() or 0
            try:
                with transaction.atomic():
                    return cls.objects.create(number=last + 1, text=text)
            except IntegrityError:
                continue


@cached_per_version
def consent_id(text: str) -> int:
    """The key of the version with exactly this text. Not to be asked for within a transaction that may be rolled back."""
    return ConsentVersion.of(text).pk
