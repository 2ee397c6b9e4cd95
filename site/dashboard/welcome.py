"""The welcome panel of the admin's home page: a greeting, the user's reviews, and shortcuts."""

from typing import NamedTuple

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from common.types import Context, Staff
from review.models.tasks import ClinicianApprovalTask
from review.permissions import may_approve

#: Hook with which apps add shortcuts: `hook(request) -> Shortcut | None`. None where the user lacks the permission.
SHORTCUT_HOOK = "register_dashboard_shortcut"


class Shortcut(NamedTuple):
    """A link to a common task."""

    label: str
    url: str
    icon: str


class WelcomePanel(Component):
    """What concerns the signed-in user: their pages in review, pages that wait for them, and shortcuts they are permitted to use."""

    name = "welcome"
    template_name = "admin/dashboard/welcome.html"
    order = 40

    def get_context_data(self, parent_context: Context) -> Context:
        request: HttpRequest = parent_context["request"]
        user: Staff = parent_context["request"].user
        submissions = WorkflowState.objects.filter(requested_by=user)
        return {
            "person": user.get_short_name() or user.get_username(),
            "reviews": len(ClinicianApprovalTask.waiting()) if may_approve(user) else None,
            "sent_back": submissions.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).count(),
            "in_review": submissions.filter(status=WorkflowState.STATUS_IN_PROGRESS).count(),
            "shortcuts": [shortcut for hook in hooks.get_hooks(SHORTCUT_HOOK) if (shortcut := hook(request)) is not None],
        }
