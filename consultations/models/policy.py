"""The clinic's settings for requests, edited by staff."""

import datetime as dt
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from consultations.choices import Status


@register_setting(icon="mail", order=20)
class RequestPolicy(BaseGenericSetting):
    """How long requests may wait for an answer, and how long they are retained."""

    answer_within_hours = models.PositiveSmallIntegerField(
        _("answer within (hours)"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text=_("A request that is still new after this time is marked overdue. From 1 to 720 hours."),
    )
    keep_closed_days = models.PositiveSmallIntegerField(
        _("keep closed requests (days)"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("After this time they are destroyed for good, without asking again. From 1 to 3,650 days. Ask what the law demands."),
    )
    keep_spam_days = models.PositiveSmallIntegerField(
        _("keep spam (days)"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("From 1 to 365 days, so that somebody can still look whether a patient is among it."),
    )
    backups_kept_days = models.PositiveSmallIntegerField(
        _("backups are kept for (days)"),
        default=30,
        validators=[MaxValueValidator(3650)],
        help_text=_(
            "Told to patients on a deletion receipt: until then, a sealed copy may be left in a backup. Ask whoever runs the server."
        ),
    )

    panels = [
        FieldPanel("answer_within_hours"),
        MultiFieldPanel(
            [FieldPanel("keep_closed_days"), FieldPanel("keep_spam_days"), FieldPanel("backups_kept_days")],
            heading=_("Destroying requests"),
        ),
    ]

    class Meta:
        verbose_name = _("how requests are kept")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Self:
        """The clinic's settings, or the defaults. Unlike `load`, it stores nothing, because a public process must not write settings."""
        return cls._default_manager.first() or cls()

    def retention_period(self, status: str) -> dt.timedelta | None:
        """How long a request is retained after it got this status. None for a status that is not finished."""
        days = {Status.CLOSED: self.keep_closed_days, Status.SPAM: self.keep_spam_days}.get(Status(status))
        return None if days is None else dt.timedelta(days=days)

    def overdue_before(self) -> dt.datetime:
        """Requests received before this moment and still new are overdue."""
        return timezone.now() - dt.timedelta(hours=self.answer_within_hours)
