"""What is due, as a report and on the admin's home page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from core.review.due import sections

PERMISSION = "core.view_approval"


@require_admin_access
def report(request: HttpRequest) -> HttpResponse:
    """All sections, those with something to do first."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    found = sorted(sections(), key=lambda section: not section.count)
    return render(request, "admin/review/due.html", {"sections": found})


class DuePanel(Component):
    """The numbers on the home page. Nothing is shown where nothing is due."""

    name = "due"
    template_name = "admin/review/due_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        shown = request.user.has_perm(PERMISSION)
        return {"shown": shown, "sections": [section for section in sections() if section.count] if shown else []}


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


@hooks.register("register_admin_viewset")
def due() -> DueViewSet:
    return DueViewSet()


@hooks.register("register_reports_menu_item")
def menu_item() -> DueMenuItem:
    return DueMenuItem(_("What is due"), reverse("due:report"), icon_name="calendar-check", order=40)


@hooks.register("construct_homepage_panels")
def greet(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DuePanel())
