"""A clinician's approval of exactly one version of a page's content."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.clock import clinic_day
from common.types import Extra, SpecificPage
from review.approval_seal import is_sealed, seal
from review.content_hash import content_hash


class ApprovalKind(models.TextChoices):
    """What an approval is based on."""

    REVIEW = "review", _("Full review")
    SMALL_EDIT = "small_edit", _("Small edit")
    SAMPLE = "sample", _("Sample content, reviewed by nobody")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Queries over approvals."""

    def covering(self, page: SpecificPage) -> "Approval | None":
        """The approval that allows this page, as it is in memory, to be live. None where there is none.

        It must be for exactly this content. Content that is live with it stays live even after the approval expired. Other
        content needs an approval that still holds and is not older than that of the live version. An alias uses the approvals
        of its original.
        """
        matching = self.filter(page__in=[pk for pk in (page.pk, page.alias_of_id) if pk], content_hash=content_hash(page))
        approval = next(filter(is_sealed, matching.order_by("-pk")), None)
        if approval is None:
            return None
        live, approval_id = type(page)._default_manager.filter(pk=page.pk).values_list("live", "approval").first() or (False, None)
        if live and approval_id == approval.pk:
            return approval
        return approval if approval.holds and approval.pk >= (approval_id or 0) else None

    def last_review_of(self, page: SpecificPage) -> "Approval | None":
        """The newest approval of this page by a clinician. None where no clinician has reviewed it."""
        return self.filter(page=page).exclude(kind=ApprovalKind.SAMPLE).last()


class Approval(models.Model):
    """An approval of the content with this hash. Rows are never updated."""

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
    seal = models.CharField(max_length=64, blank=True, editable=False)

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

    def save(self, *args: Extra, **kwargs: Extra) -> None:
        """Seal a new approval. A stored one is not sealed again, so a change by code shows as one by SQL does."""
        if self._state.adding:
            self.seal = seal(self)
        super().save(*args, **kwargs)

    @property
    def is_review(self) -> bool:
        """Whether a clinician gave it. False for sample content."""
        return self.kind != ApprovalKind.SAMPLE

    @property
    def holds(self) -> bool:
        """Whether a page may still go live with it."""
        return self.review_on is None or self.review_on >= clinic_day()

    @property
    def is_overdue(self) -> bool:
        """Whether the date of the next review is past."""
        return not self.holds
