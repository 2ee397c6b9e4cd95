"""Admin: search words, the report of searches without results, and legal notices that are due."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
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
from common.types import Extra
from dashboard.registry import DUE_SECTIONS_HOOK, DueSection, DueWindow
from home.due_sections import legal_notices
from home.holidays import holiday_sections
from home.models import SearchMiss, SearchWord

VIEW_MISSES = "home.view_searchmiss"
SEARCH_PERMISSIONS = (*edit_permissions("home.searchword"), VIEW_MISSES)


@register_snippet
class SearchWordViewSet(SnippetViewSet):
    """Admin of search words, under Snippets."""

    model = SearchWord
    icon = "search"
    list_display = ("title", "page", "means")
    search_fields = ("title", "means")


class SearchMissReport(ReportView):
    """Searches without results, those on most days first."""

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

    def dispatch(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponseBase:
        if not request.user.has_perm(VIEW_MISSES):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[SearchMiss]:
        return SearchMiss.objects.exclude(text="")


class SearchMissViewSet(ViewSet):
    """The report of searches without results, at /admin/search-misses/."""

    name = "search_misses"
    url_prefix = "search-misses"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", require_admin_access(SearchMissReport.as_view()), name="report"),
            path("results/", require_admin_access(SearchMissReport.as_view(results_only=True)), name="results"),
        ]


class SearchMissMenuItem(MenuItem):
    """Visible to users who may view the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW_MISSES))


@hooks.register("register_admin_viewset")
def search_miss_viewset() -> SearchMissViewSet:
    return SearchMissViewSet()


@hooks.register("register_reports_menu_item")
def search_miss_menu_item() -> SearchMissMenuItem:
    return SearchMissMenuItem(_("Searches that found nothing"), reverse("search_misses:report"), icon_name="search", order=50)


@hooks.register(ROLE_GRANTS_HOOK)
def search_grants() -> dict[Role, Grants]:
    return {Role.EDITOR: Grants(permissions=SEARCH_PERMISSIONS), Role.SITE_MANAGER: Grants(permissions=SEARCH_PERMISSIONS)}


@hooks.register(DUE_SECTIONS_HOOK)
def due_legal_notices(window: DueWindow) -> list[DueSection]:
    return [*legal_notices(window), *holiday_sections(window)]
