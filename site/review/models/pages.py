"""Pages that speak about medicine: who wrote them, who approved them, and until when that holds."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

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
    """A page that staff send to the clinician's review, wherever in the tree it stands."""

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        """Whether the review is switched on."""
        return medical_workflow() is not None

    def get_workflow(self) -> Any:
        """The clinician's review; None while an administrator has switched it off."""
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

    #: Lists of links to pages that carry approvals of their own, and notes to the reviewer.
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

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """As every page. A save that names only rows of the page reaches no signal, so the gate is asked here."""
        if (update_fields := kwargs.get("update_fields")) is not None:
            guard(type(self), self, update_fields=update_fields)
        return super().save(*args, **kwargs)

    def publish_blockers(self) -> Iterator[Any]:
        """As for every page; and without an approval of exactly this content nothing goes live."""
        yield from super().publish_blockers()  # type: ignore[misc]
        found = Approval.objects.covering(self)
        if found is not None:
            self.approval = found
        elif not self.is_as_readers_have_it():
            yield NEEDS_APPROVAL

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """As readers will see it, with marks for the checks at the editor's side."""
        response = super().serve_preview(request, mode_name)  # type: ignore[misc]
        if hasattr(response, "render"):
            response.render()
            response.content = mark_findings(response.content.decode(), ReviewPolicy.load())
        return response

    def is_as_readers_have_it(self) -> bool:
        """Whether this content is live already, so that saving it brings nothing new to readers."""
        model: Any = type(self)
        stored = model._default_manager.filter(pk=self.pk, live=True).first()
        return stored is not None and content_hash(stored) == content_hash(self)

    @property
    def review(self) -> Approval | None:
        """The clinician's review that readers are told of. A sample page has none."""
        return self.approval if self.approval is not None and self.approval.is_review else None

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """As for every page; the approval belongs to the page and not to one of its revisions."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.approval_id = self.approval_id
        return page
