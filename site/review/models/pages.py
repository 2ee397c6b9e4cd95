"""Mixins of medical pages: author, approval, and the rules for going live."""

from collections.abc import Iterator

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Workflow

from common.types import Extra, JSONObject, SpecificPage
from publishing.gate import guard
from review.content_hash import content_hash
from review.forms import MedicalPageForm
from review.models.approvals import Approval
from review.models.policy import ReviewPolicy
from review.models.tasks import medical_workflow
from review.panels import ApprovalPanel
from review.preview import mark_findings

NEEDS_APPROVAL = _(
    "Readers get a medical page only after a clinician has approved exactly this text. Save it as a draft, then choose "
    "“Submit to clinician review”."
)


class ClinicianReviewMixin(models.Model):
    """A page that uses the clinician's workflow, wherever it is in the page tree."""

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        """Whether the clinician's workflow is active."""
        return medical_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """The clinician's workflow. None while an administrator has disabled it."""
        return medical_workflow()


class MedicalMixin(ClinicianReviewMixin):
    """A page that goes live only with a clinician's approval of exactly its content."""

    author = models.ForeignKey(
        "core.Clinician", verbose_name=_("author"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Who wrote this page. Shown to readers, beside who reviewed it."),
    )  # fmt: skip
    approval = models.ForeignKey(Approval, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    change_note = models.CharField(
        _("what changed"),
        max_length=240,
        blank=True,
        help_text=_("For the clinician who reviews it; readers never see it. At most 240 characters."),
    )
    is_small_edit = models.BooleanField(
        _("only a small edit"),
        default=False,
        help_text=_("A typing mistake, say. A clinician still looks at it, but the date for the next full review stays as it is."),
    )

    #: Fields that are not approved: notes to the reviewer, and links to pages that have approvals of their own.
    unapproved_fields: tuple[str, ...] = ("approval", "change_note", "is_small_edit")
    needs_approval = True
    base_form_class = MedicalPageForm
    exclude_fields_in_copy = ["approval"]
    review_panels = [
        ApprovalPanel(),
        MultiFieldPanel([FieldPanel("change_note"), FieldPanel("is_small_edit")], heading=_("For the clinician"), classname="collapsed"),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Extra, **kwargs: Extra) -> None:
        """Also call the gate for `update_fields`: a save that names only child relations sends no `pre_save` signal."""
        if (update_fields := kwargs.get("update_fields")) is not None:
            guard(type(self), self, update_fields=update_fields)
        super().save(*args, **kwargs)

    def publish_blockers(self) -> Iterator[str | Promise]:
        """Also require an approval of exactly this content."""
        yield from super().publish_blockers()  # type: ignore[misc]
        approval = Approval.objects.covering(self)
        if approval is not None:
            self.approval = approval
        elif not self.matches_live_version():
            yield NEEDS_APPROVAL

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The preview, with findings marked for the checks panel of the editor."""
        response = super().serve_preview(request, mode_name)  # type: ignore[misc]
        if hasattr(response, "render"):
            response.render()
            response.content = mark_findings(response.content.decode(), ReviewPolicy.load())
        return response

    def matches_live_version(self) -> bool:
        """Whether exactly this content is live already, so that saving it changes nothing for readers."""
        model: type[SpecificPage] = type(self)
        live_page = model._default_manager.filter(pk=self.pk, live=True).first()
        return live_page is not None and content_hash(live_page) == content_hash(self)

    @property
    def review(self) -> Approval | None:
        """The approval to show to readers. None for sample content, which nobody reviewed."""
        return self.approval if self.approval is not None and self.approval.is_review else None

    def with_content_json(self, content: JSONObject) -> SpecificPage:
        """The page of a revision, with the current approval, which belongs to the page and not to a revision."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.approval_id = self.approval_id
        return page
