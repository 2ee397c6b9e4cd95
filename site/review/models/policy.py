"""The clinic's settings for reviews: how long approvals hold, and how easy texts should be to read."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from common.clock import clinic_day

DAYS_IN_A_MONTH = 365.25 / 12


@register_setting(icon="check", order=30)
class ReviewPolicy(BaseGenericSetting):
    """How long an approval holds, and the readability limits of the content checker."""

    review_after_months = models.PositiveSmallIntegerField(
        _("review again after (months)"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("What a clinician is offered when approving a page. From 1 to 60 months."),
    )
    warn_before_days = models.PositiveSmallIntegerField(
        _("announce ahead (days)"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("What falls due within this time is listed under “What is due”. From 1 to 365 days."),
    )
    withdraw_overdue = models.BooleanField(
        _("take overdue pages offline"),
        default=False,
        help_text=_("Readers of an overdue page are told so in any case. With this, it goes offline after the time below."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("grace period (days)"),
        default=60,
        validators=[MaxValueValidator(730)],
        help_text=_("Days between the date for review and going offline. At most 730."),
    )
    longest_sentence = models.PositiveSmallIntegerField(
        _("longest sentence (words)"),
        default=28,
        validators=[MinValueValidator(10), MaxValueValidator(80)],
        help_text=_("Longer ones are marked. From 10 to 80 words."),
    )
    reading_grade = models.PositiveSmallIntegerField(
        _("reading level (US grade)"),
        default=8,
        validators=[MinValueValidator(3), MaxValueValidator(16)],
        help_text=_("Texts that ask for more years of school are marked. 8 is what health writing aims for."),
    )

    panels = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("review_after_months"), FieldPanel("warn_before_days")])], heading=_("Reviews")),
        MultiFieldPanel([FieldPanel("withdraw_overdue"), FieldPanel("grace_days")], heading=_("Overdue pages")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("longest_sentence"), FieldPanel("reading_grade")])], heading=_("Easy to read")),
    ]

    class Meta:
        app_label = "core"
        verbose_name = _("reviews and words")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def next_review(self) -> dt.date:
        """The default date of the next review, counted from today."""
        return clinic_day() + dt.timedelta(days=round(self.review_after_months * DAYS_IN_A_MONTH))
