"""Search words and searches without results in the admin; legal notices that are due."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.roles import ROLE_GRANTS_HOOK, Grants, Role, edit_permissions
from dashboard.registry import DUE_SECTIONS_HOOK, DueSection, DueWindow
from home.due_sections import legal_notices
from home.models import SearchMiss, SearchWord

SEE_MISSES = "home.view_searchmiss"
SEARCH_PERMISSIONS = (*edit_permissions("home.searchword"), SEE_MISSES)


@register_snippet
class SearchWordViewSet(SnippetViewSet):
    """Snippets > Search words."""

    model = SearchWord
    icon = "search"
    list_display = ("title", "page", "means")
    search_fields = ("title", "means")


class MissesView(ReportView):
    """Words that found nothing, those of most days first."""

    index_url_name = "search_misses:report"
    index_results_url_name = "search_misses:results"
    page_title = _("Searches that found nothing")
    header_icon = "search"
    columns = [
        Column("text", label=_("Looked for")),
        Column("days", label=_("On days")),
        Column("last_day", label=_("Last")),
    ]
    list_export = ("text", "days", "last_day")
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(SEE_MISSES):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        return SearchMiss.objects.exclude(text="")


class MissesViewSet(ViewSet):
    """The report under /admin/search-misses/."""

    name = "search_misses"
    url_prefix = "search-misses"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", require_admin_access(MissesView.as_view()), name="report"),
            path("results/", require_admin_access(MissesView.as_view(results_only=True)), name="results"),
        ]


class MissesMenuItem(MenuItem):
    """Shown to those who look after search words."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(SEE_MISSES))


@hooks.register("register_admin_viewset")
def misses() -> MissesViewSet:
    return MissesViewSet()


@hooks.register("register_reports_menu_item")
def misses_menu_item() -> MissesMenuItem:
    return MissesMenuItem(_("Searches that found nothing"), reverse("search_misses:report"), icon_name="search", order=50)


@hooks.register(ROLE_GRANTS_HOOK)
def search_grants() -> dict[Role, Grants]:
    return {Role.EDITOR: Grants(permissions=SEARCH_PERMISSIONS), Role.SITE_MANAGER: Grants(permissions=SEARCH_PERMISSIONS)}


@hooks.register(DUE_SECTIONS_HOOK)
def notices_that_are_due(window: DueWindow) -> list[DueSection]:
    return legal_notices(window)
