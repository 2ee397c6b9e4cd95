"""What is due: a report, and a panel on the admin's home page."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from common.types import Context
from dashboard.registry import due_sections

PERMISSION = "core.view_approval"


@require_admin_access
def report(request: HttpRequest) -> HttpResponse:
    """All sections; those with due items come first."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    sections = sorted(due_sections(), key=lambda section: not section.count)
    return render(request, "admin/dashboard/due.html", {"sections": sections})


class DuePanel(Component):
    """The numbers of due items on the admin's home page. Sections without due items are left out."""

    name = "due"
    template_name = "admin/dashboard/due_panel.html"
    order = 60

    def get_context_data(self, parent_context: Context) -> Context:
        request = parent_context["request"]
        may_view = request.user.has_perm(PERMISSION)
        return {"shown": may_view, "sections": [section for section in due_sections() if section.count] if may_view else []}


class DueMenuItem(MenuItem):
    """Shown to users who may view approvals."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


class DueViewSet(ViewSet):
    """The report under /admin/due/."""

    name = "due"
    url_prefix = "due"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", report, name="report")]
