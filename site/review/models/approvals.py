"""A clinician's approval of exactly one text."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from review.content_hash import content_hash


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
        app_label = "core"
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
