"""The page on which a clinician reads what changed, and approves it or sends it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import Page

from publishing.errors import EditorialRuleError
from review.comparison import differences
from review.content_hash import content_hash
from review.findings import findings_for
from review.forms import ApprovalForm, SendBackForm
from review.models.approvals import Approval
from review.models.approving import may_be_small_edit
from review.models.policy import ReviewPolicy
from review.models.tasks import APPROVE, ClinicianApprovalTask
from review.permissions import may_approve


class ReviewScreen(View):
    """One page that waits for a clinician."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not may_approve(request.user):
            raise PermissionDenied
        self.task_state = self.page.current_workflow_task_state
        if self.task_state is None or not isinstance(self.task_state.task.specific, ClinicianApprovalTask):
            messages.info(
                request, _("“%s” does not wait for a review: it was handled or taken back meanwhile.") % self.page.get_admin_display_title()
            )
            return redirect("review:waiting")
        self.follow_the_newest_draft()
        self.submitted = self.task_state.revision.as_object()
        return super().dispatch(request, *args, **kwargs)

    def follow_the_newest_draft(self) -> None:
        """While a page is reviewed only clinicians can change it, so what one of them mended is what is reviewed."""
        latest = self.page.get_latest_revision()
        if latest is not None and latest.pk != self.task_state.revision_id:
            self.task_state.revision = latest
            self.task_state.save(update_fields=["revision"])

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        terms = ApprovalForm(
            initial={
                "review_on": ReviewPolicy.load().next_review(),
                "is_small_edit": getattr(self.submitted, "is_small_edit", False) and may_be_small_edit(self.page),
                "seen_hash": self.digest(),
            }
        )
        return self.show(terms, SendBackForm(prefix="back"))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        approving = "send-back" not in request.POST
        terms = ApprovalForm(request.POST if approving else None, initial={"seen_hash": self.digest()})
        back = SendBackForm(None if approving else request.POST, prefix="back")
        form: Any = terms if approving else back
        if not form.is_valid():
            return self.show(terms, back)
        try:
            self.task_state.task.specific.on_action(self.task_state, request.user, APPROVE if approving else "reject", **form.cleaned_data)
        except EditorialRuleError as problem:
            # The text below is the one as it is now, so that is what a second try approves.
            terms = ApprovalForm({**request.POST.dict(), "seen_hash": self.digest()})
            for message in problem.messages:
                terms.add_error(None, message)
            return self.show(terms, back)
        self.add_outcome_message(approving)
        return redirect("review:waiting")

    def add_outcome_message(self, approving: bool) -> None:
        """What came of it, with the way to the page where readers see it."""
        title = self.submitted.title
        page = Page.objects.get(pk=self.page.pk)
        if not approving:
            messages.success(self.request, _("“%s” went back to its author, with your comment.") % title)
        elif page.live and page.live_revision_id == self.task_state.revision_id:
            buttons = [messages.button(page.url, _("View the page"))] if page.url else []
            messages.success(self.request, _("“%s” is approved, and readers see it.") % title, buttons=buttons)
        elif page.specific.workflow_in_progress:
            messages.warning(self.request, _("A newer draft of “%s” was saved while you were reading. It waits for your review.") % title)
        else:
            messages.success(self.request, _("“%s” is approved, and goes live at the time it was scheduled for.") % title)

    def digest(self) -> str:
        """The hash of what is on the screen."""
        return content_hash(self.submitted) if getattr(self.submitted, "needs_approval", False) else ""

    def show(self, terms: ApprovalForm, back: SendBackForm) -> HttpResponse:
        approvals = list(Approval.objects.filter(page=self.page).select_related("revision").order_by("-pk")[:10])
        base = approvals[0].revision if approvals else None
        context = {
            "page": self.page, "submitted": self.submitted, "task_state": self.task_state, "terms": terms, "back": back,
            "base": approvals[0] if approvals else None, "approvals": approvals,
            "changes": self.changes_since(base.as_object() if base else type(self.page)(title="")),
            "findings": findings_for(self.submitted, ReviewPolicy.load()), "media": terms.media,
            "preview": reverse("wagtailadmin_pages:revisions_view", args=(self.page.pk, self.task_state.revision_id)),
            "edit": reverse("wagtailadmin_pages:edit", args=(self.page.pk,)),
        }  # fmt: skip
        return render(self.request, "admin/review/page.html", context)

    def changes_since(self, earlier: Any) -> list[tuple[str, Any]]:
        """What differs from an earlier text, field by field and row by row: a label, and Wagtail's own comparison of it."""
        panel = self.page.get_edit_handler().get_bound_panel(instance=self.page, request=self.request, form=None)
        return [change for comparison in panel.get_comparison() for change in differences(comparison(earlier, self.submitted))]


def waiting_pages(request: HttpRequest) -> HttpResponse:
    """All pages that wait for a clinician, the longest waiting first."""
    if not may_approve(request.user):
        raise PermissionDenied
    states = ClinicianApprovalTask.waiting().select_related("revision__user", "workflow_state__requested_by")
    return render(request, "admin/review/waiting.html", {"states": states})
