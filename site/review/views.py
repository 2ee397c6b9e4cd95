"""The review screen, on which a clinician reads the changes of a page and approves it or sends it back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import Page

from common.types import Extra, SpecificPage
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
    """The review screen of one page that waits for a clinician."""

    def dispatch(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not may_approve(request.user):
            raise PermissionDenied
        self.task_state = self.page.current_workflow_task_state
        if self.task_state is None or not isinstance(self.task_state.task.specific, ClinicianApprovalTask):
            messages.info(
                request, _("“%s” does not wait for a review: it was handled or taken back meanwhile.") % self.page.get_admin_display_title()
            )
            return redirect("review:waiting")
        self.use_latest_revision()
        self.submitted = self.task_state.revision.as_object()
        return super().dispatch(request, *args, **kwargs)

    def use_latest_revision(self) -> None:
        """Review the latest revision: during a review only clinicians can edit, so it has a clinician's corrections."""
        latest = self.page.get_latest_revision()
        if latest is not None and latest.pk != self.task_state.revision_id:
            self.task_state.revision = latest
            self.task_state.save(update_fields=["revision"])

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        approval_form = ApprovalForm(
            initial={
                "review_on": ReviewPolicy.load().next_review(),
                "is_small_edit": getattr(self.submitted, "is_small_edit", False) and may_be_small_edit(self.page),
                "seen_hash": self.submitted_hash(),
            }
        )
        return self.show(approval_form, SendBackForm(prefix="back"))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        is_approval = "send-back" not in request.POST
        approval_form = ApprovalForm(request.POST if is_approval else None, initial={"seen_hash": self.submitted_hash()})
        send_back_form = SendBackForm(None if is_approval else request.POST, prefix="back")
        form: ApprovalForm | SendBackForm = approval_form if is_approval else send_back_form
        if not form.is_valid():
            return self.show(approval_form, send_back_form)
        try:
            action = APPROVE if is_approval else "reject"
            self.task_state.task.specific.on_action(self.task_state, request.user, action, **form.cleaned_data)
        except EditorialRuleError as problem:
            # The response shows the current text, so the form has to carry its hash for another attempt.
            approval_form = ApprovalForm({**request.POST.dict(), "seen_hash": self.submitted_hash()})
            for message in problem.messages:
                approval_form.add_error(None, message)
            return self.show(approval_form, send_back_form)
        self.add_outcome_message(is_approval)
        return redirect("review:waiting")

    def add_outcome_message(self, is_approval: bool) -> None:
        """Add a message about the result, with a link to the page where it is live."""
        title = self.submitted.title
        page = Page.objects.get(pk=self.page.pk)
        if not is_approval:
            messages.success(self.request, _("“%s” went back to its author, with your comment.") % title)
        elif page.live and page.live_revision_id == self.task_state.revision_id:
            buttons = [messages.button(page.url, _("View the page"))] if page.url else []
            messages.success(self.request, _("“%s” is approved, and readers see it.") % title, buttons=buttons)
        elif page.specific.workflow_in_progress:
            messages.warning(self.request, _("A newer draft of “%s” was saved while you were reading. It waits for your review.") % title)
        else:
            messages.success(self.request, _("“%s” is approved, and goes live at the time it was scheduled for.") % title)

    def submitted_hash(self) -> str:
        """The content hash of the text on the screen. Empty for a page that needs no approval."""
        return content_hash(self.submitted) if getattr(self.submitted, "needs_approval", False) else ""

    def show(self, approval_form: ApprovalForm, send_back_form: SendBackForm) -> HttpResponse:
        approvals = list(Approval.objects.filter(page=self.page).select_related("revision").order_by("-pk")[:10])
        approved_revision = approvals[0].revision if approvals else None
        context = {
            "page": self.page, "submitted": self.submitted, "task_state": self.task_state, "terms": approval_form, "back": send_back_form,
            "base": approvals[0] if approvals else None, "approvals": approvals,
            "changes": self.changes_since(approved_revision.as_object() if approved_revision else type(self.page)(title="")),
            "findings": findings_for(self.submitted, ReviewPolicy.load()), "media": approval_form.media,
            "preview": reverse("wagtailadmin_pages:revisions_view", args=(self.page.pk, self.task_state.revision_id)),
            "edit": reverse("wagtailadmin_pages:edit", args=(self.page.pk,)),
        }  # fmt: skip
        return render(self.request, "admin/review/page.html", context)

    def changes_since(self, earlier: SpecificPage) -> list[tuple[str, str]]:
        """The differences from an earlier version of the page: labels and HTML diffs."""
        panel = self.page.get_edit_handler().get_bound_panel(instance=self.page, request=self.request, form=None)
        return [change for comparison in panel.get_comparison() for change in differences(comparison(earlier, self.submitted))]


def waiting_pages(request: HttpRequest) -> HttpResponse:
    """All pages that wait for a clinician, the longest waiting first."""
    if not may_approve(request.user):
        raise PermissionDenied
    states = ClinicianApprovalTask.waiting().select_related("revision__user", "workflow_state__requested_by")
    return render(request, "admin/review/waiting.html", {"states": states})
