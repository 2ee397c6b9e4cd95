"""A clinician's approval of exactly one text, and how long it holds."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.review.fingerprint import content_hash

DAYS_IN_A_MONTH = 365.25 / 12


class ApprovalKind(models.TextChoices):
    """What stood behind an approval."""

    REVIEW = "review", _("Full review")
    SMALL_EDIT = "small_edit", _("Small edit")
    SAMPLE = "sample", _("Sample content, reviewed by nobody")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Queries over approvals."""

    def covering(self, page: Any) -> "Approval | None":
        """The approval by which this page, as it is in memory, may be live. None where there is none.

        It must be of exactly this content. What already is live by it stays live, however old it is. What is not
        needs an approval that still holds, and none that a later text has replaced. An alias shows its original's text.
        """
        found = self.filter(page__in=[pk for pk in (page.pk, page.alias_of_id) if pk], content_hash=content_hash(page)).last()
        if found is None:
            return None
        live, approval_id = type(page)._default_manager.filter(pk=page.pk).values_list("live", "approval").first() or (False, None)
        if live and approval_id == found.pk:
            return found
        return found if found.holds and found.pk >= (approval_id or 0) else None

    def last_review_of(self, page: Any) -> "Approval | None":
        """The newest approval behind which a clinician stands. None for what nobody reviewed."""
        return self.filter(page=page).exclude(kind=ApprovalKind.SAMPLE).last()


class Approval(models.Model):
    """Somebody who may, at a time, approved the content with this hash. It is never changed."""

    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="approvals")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=ApprovalKind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    clinician = models.ForeignKey("core.Clinician", null=True, on_delete=models.PROTECT, related_name="approvals")
    reviewer_name = models.CharField(max_length=190, blank=True)
    approved_at = models.DateTimeField(default=timezone.now)
    reviewed_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    comment = models.TextField(blank=True, max_length=1000)
    override_reason = models.TextField(blank=True, max_length=500)
    overridden = models.JSONField(default=list)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        default_permissions = ("view",)
        permissions = [("approve_medical", "Can approve medical pages")]
        indexes = [models.Index(fields=("page", "content_hash"), name="approval_of_content")]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reviewer_name}"

    @property
    def is_review(self) -> bool:
        """Whether a clinician stands behind it."""
        return self.kind != ApprovalKind.SAMPLE

    @property
    def holds(self) -> bool:
        """Whether a page may still go live by it."""
        return self.review_on is None or self.review_on >= timezone.localdate()

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which it should have been looked at again is past."""
        return not self.holds


@register_setting(icon="check", order=30)
class ReviewPolicy(BaseGenericSetting):
    """How long an approval holds, and what the checker of words asks for."""

    review_after_months = models.PositiveSmallIntegerField(
        _("review again after (months)"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("What a clinician is offered when approving a page. From 1 to 60 months."),
    )
    warn_before_days = models.PositiveSmallIntegerField(
        _("announce before (days)"),
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
        _("time of grace (days)"),
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
        verbose_name = _("reviews and words")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def next_review(self) -> dt.date:
        """The day to offer for the next review, counted from today."""
        return timezone.localdate() + dt.timedelta(days=round(self.review_after_months * DAYS_IN_A_MONTH))


def pages_without_approval(models_to_check: list[type[Any]]) -> list[Any]:
    """Live pages whose stored content nobody approved: only a way around this site's own code leads there."""
    found = []
    for model in models_to_check:
        for page in model._default_manager.filter(live=True).select_related("approval").iterator():
            approval = page.approval
            if approval is None or approval.content_hash != content_hash(page):
                found.append(page)
    return found
