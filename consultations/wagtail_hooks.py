"""The inbox in the admin, and Wagtail's own list of submissions out of it."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.roles import ROLE_GRANTS_HOOK, Grants, Role
from consultations.inbox.access import CHANGE, DESTROY, EXPORT, VIEW, VIEW_ACCESS_LOG
from consultations.inbox.panel import RequestsPanel
from consultations.inbox.viewset import InboxViewSet


@hooks.register("register_admin_viewset")
def inbox() -> InboxViewSet:
    return InboxViewSet()


class AccessLogMenuItem(MenuItem):
    """Shown to those who may read the access record."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW_ACCESS_LOG))


@hooks.register("register_reports_menu_item")
def access_log() -> AccessLogMenuItem:
    return AccessLogMenuItem(_("Access record"), reverse("consultations:record"), icon_name="history", order=50)


@hooks.register("construct_homepage_panels")
def greet(request: HttpRequest, panels: list[Any]) -> None:
    """First thing in the morning: what waits."""
    panels.append(RequestsPanel())


@hooks.register("insert_global_admin_js")
def inbox_keys() -> str:
    """Keyboard use of the inbox, and its end after a quarter of an hour. It does nothing on other pages."""
    return format_html('<script src="{}" defer></script>', static("js/inbox.js"))


@hooks.register("filter_form_submissions_for_user")
def no_clear_text_submissions(user: Any, editable_forms: Any) -> Any:
    """Requests never go through Wagtail's form submissions, so its list has nothing to show."""
    return editable_forms.none()


@hooks.register(ROLE_GRANTS_HOOK)
def request_grants() -> dict[Role, Grants]:
    """Only the front desk reads requests. The site manager sees who read them, and sets how long they are kept."""
    return {
        Role.FRONT_DESK: Grants(permissions=(VIEW, CHANGE, EXPORT, DESTROY)),
        Role.SITE_MANAGER: Grants(permissions=(VIEW_ACCESS_LOG, "consultations.change_requestpolicy")),
    }
