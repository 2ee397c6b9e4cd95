"""What is due, as a report and on the admin's home page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from dashboard.registry import due_sections

PERMISSION = "core.view_approval"


@require_admin_access
def report(request: HttpRequest) -> HttpResponse:
    """All sections, those with something to do first."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    sections = sorted(due_sections(), key=lambda section: not section.count)
    return render(request, "admin/dashboard/due.html", {"sections": sections})


class DuePanel(Component):
    """The numbers on the home page. Nothing is shown where nothing is due."""

    name = "due"
    template_name = "admin/dashboard/due_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        shown = request.user.has_perm(PERMISSION)
        return {"shown": shown, "sections": [section for section in due_sections() if section.count] if shown else []}


class DueMenuItem(MenuItem):
    """Shown to those who look after pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


class DueViewSet(ViewSet):
    """The report under /admin/due/."""

    name = "due"
    url_prefix = "due"

    def get_urlpatterns(self) -> list[Any]:
        return [path("", report, name="report")]
