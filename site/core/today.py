"""What the admin's home page says first: good day, what waits for you, and what you may want to begin."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from core.models.tasks import ClinicianApprovalTask
from core.review.approving import may_approve

#: Apps say by this hook what somebody may want to begin: `hook(request) -> Shortcut | None`.
SHORTCUTS = "register_today_shortcut"


class Shortcut(NamedTuple):
    """A way to begin something."""

    label: str
    url: str
    icon: str


class TodayPanel(Component):
    """Everybody's own: counts of pages that wait for them, and shortcuts that their rights allow."""

    name = "today"
    template_name = "admin/today.html"
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
            "shortcuts": [shortcut for hook in hooks.get_hooks(SHORTCUTS) if (shortcut := hook(request)) is not None],
        }


@hooks.register("construct_homepage_panels")
def greet(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TodayPanel())


@hooks.register(SHORTCUTS, order=100)
def see_the_site(request: HttpRequest) -> Shortcut:
    return Shortcut(_("See the site as readers do"), f"{settings.BASE_URL}/", "view")


@hooks.register(SHORTCUTS, order=90)
def what_is_due(request: HttpRequest) -> Shortcut | None:
    if not may_approve(request.user):
        return None
    return Shortcut(_("Pages that wait for your review"), reverse("review:waiting"), "check")
