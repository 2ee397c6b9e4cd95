"""Wagtail hooks: panels of the admin's home page, “What is due”, and shortcuts for every role."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component

from dashboard.due_report import DueMenuItem, DuePanel, DueViewSet
from dashboard.registry import DUE_SECTIONS_HOOK, DueSection, DueWindow
from dashboard.sections import shared_sections
from dashboard.welcome import SHORTCUT_HOOK, Shortcut, WelcomePanel
from review.permissions import may_approve


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels += [DuePanel(), WelcomePanel()]


@hooks.register("register_admin_viewset")
def due() -> DueViewSet:
    return DueViewSet()


@hooks.register("register_reports_menu_item")
def due_menu_item() -> DueMenuItem:
    return DueMenuItem(gettext_lazy("What is due"), reverse("due:report"), icon_name="calendar-check", order=40)


# Before the sections of other apps, because readers rely on reviewed pages.
@hooks.register(DUE_SECTIONS_HOOK, order=-10)
def reviews_references_consents(window: DueWindow) -> Iterable[DueSection]:
    return shared_sections(window)


@hooks.register(SHORTCUT_HOOK, order=100)
def view_the_site(request: HttpRequest) -> Shortcut:
    return Shortcut(_("View the public site"), f"{settings.BASE_URL}/", "view")


@hooks.register(SHORTCUT_HOOK, order=90)
def review_waiting_pages(request: HttpRequest) -> Shortcut | None:
    if not may_approve(request.user):
        return None
    return Shortcut(_("Pages that wait for your review"), reverse("review:waiting"), "check")
