"""The welcome panel of the admin's home page: a greeting, what waits for you, and shortcuts to begin something."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from review.models.tasks import ClinicianApprovalTask
from review.permissions import may_approve

#: Apps say by this hook what somebody may want to begin: `hook(request) -> Shortcut | None`.
SHORTCUT_HOOK = "register_dashboard_shortcut"


class Shortcut(NamedTuple):
    """A way to begin something."""

    label: str
    url: str
    icon: str


class WelcomePanel(Component):
    """Everybody's own: counts of pages that wait for them, and shortcuts that their rights allow."""

    name = "welcome"
    template_name = "admin/dashboard/welcome.html"
    order = 40

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        user: Any = request.user
        own = WorkflowState.objects.filter(requested_by=user)
        return {
            "person": user.get_short_name() or user.get_username(),
            "reviews": len(ClinicianApprovalTask.waiting()) if may_approve(user) else None,
            "sent_back": own.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).count(),
            "in_review": own.filter(status=WorkflowState.STATUS_IN_PROGRESS).count(),
            "shortcuts": [shortcut for hook in hooks.get_hooks(SHORTCUT_HOOK) if (shortcut := hook(request)) is not None],
        }
