"""Hooks that add the inbox to the admin and hide Wagtail's own list of form submissions."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.roles import ROLE_GRANTS_HOOK, Grants, Role
from common.types import Staff
from consultations.inbox.access import CHANGE, DESTROY, EXPORT, VIEW, VIEW_ACCESS_LOG
from consultations.inbox.panel import RequestsPanel
from consultations.inbox.viewset import InboxViewSet
from consultations.models import UrgentWords

#: The words that stop a request, and what the patient reads then.
URGENT_WORDS = (
    *(f"consultations.{action}_urgentwords" for action in ("view", "add", "change", "delete")),
    "consultations.change_urgentadvice",
)


class UrgentWordsViewSet(SnippetViewSet):
    """The list says which sign each group of words is about, and finds a group by a word in it."""

    model = UrgentWords
    icon = "warning"
    list_display = (
        "title",
        Column("get_family_display", label=_("Sign"), sort_key="family"),
        BooleanColumn("is_active", label=_("In use"), sort_key="is_active"),
    )
    list_filter = ("family", "is_active")
    search_fields = ("title", "words")
    search_backend_name = None
    list_per_page = 60


register_snippet(UrgentWordsViewSet)


@hooks.register("register_admin_viewset")
def register_inbox() -> InboxViewSet:
    return InboxViewSet()


class AccessLogMenuItem(MenuItem):
    """Shown to users who may read the access log."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW_ACCESS_LOG))


@hooks.register("register_reports_menu_item")
def register_access_log() -> AccessLogMenuItem:
    return AccessLogMenuItem(_("Access record"), reverse("consultations:record"), icon_name="history", order=50)


@hooks.register("construct_homepage_panels")
def add_requests_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show on the admin home page how many requests wait."""
    panels.append(RequestsPanel())


@hooks.register("insert_global_admin_js")
def add_inbox_script() -> str:
    """Keyboard shortcuts of the inbox. The script does nothing on other pages."""
    return format_html('<script src="{}" defer></script>', static("js/inbox.js"))


@hooks.register("filter_form_submissions_for_user")
def hide_form_submissions(user: Staff, editable_forms: QuerySet[Page]) -> QuerySet[Page]:
    """Hide Wagtail's list of form submissions: requests are stored sealed, so it would always be empty."""
    return editable_forms.none()


@hooks.register(ROLE_GRANTS_HOOK)
def request_grants() -> dict[Role, Grants]:
    """Only the front desk reads requests. The site manager sees who read them, and sets how long they are retained."""
    return {
        Role.FRONT_DESK: Grants(permissions=(VIEW, CHANGE, EXPORT, DESTROY)),
        Role.CLINICIAN: Grants(permissions=URGENT_WORDS),
        Role.SITE_MANAGER: Grants(permissions=(VIEW_ACCESS_LOG, "consultations.change_requestpolicy", *URGENT_WORDS)),
    }
