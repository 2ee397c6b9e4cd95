"""Admin: the table of facts, shortcuts, prices that are due, and warnings about texts that contradict the facts."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from common.types import Extra, SpecificPage, Visitor
from content_checks.checker import Finding
from dashboard.registry import DUE_SECTIONS_HOOK, DueSection, DueWindow
from dashboard.welcome import SHORTCUT_HOOK, Shortcut
from review.findings import CONTENT_CHECK_HOOK
from treatments.choices import Evidence, Fit
from treatments.due_sections import expiring_prices
from treatments.fact_contradictions import FactChecker
from treatments.fits_table import FitsTable
from treatments.models import ResultIndexPage, TreatmentIndexPage


def may_edit_facts(user: Visitor) -> bool:
    """Whether the user may edit the overview of treatments, and so the facts."""
    return any(page.permissions_for_user(user).can_edit() for page in TreatmentIndexPage.objects.all())


class FactsView(View):
    """Shows and saves the table of facts."""

    def dispatch(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponseBase:
        if not may_edit_facts(request.user):
            return permission_denied(request)
        self.table = FitsTable(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_table()

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.table.read(request.POST):
            messages.error(request, _("Nothing was saved yet: see the marked places."))
            return self.render_table()
        submit = "submit" in request.POST
        changed_pages = self.table.save(submit=submit)
        if not changed_pages:
            messages.info(request, _("Nothing was changed."))
        else:
            text = ngettext("%(count)s treatment has a new draft.", "%(count)s treatments have new drafts.", len(changed_pages)) % {
                "count": len(changed_pages)
            }
            next_step = _("A clinician reviews it now.") if submit else _("Readers see it once a clinician has approved it.")
            messages.success(request, f"{text} {next_step}", buttons=[
                messages.button(reverse("wagtailadmin_pages:edit", args=(page.pk,)), page.title) for page in changed_pages
            ])  # fmt: skip
        return redirect("facts:index")

    def render_table(self) -> HttpResponse:
        context = {"table": self.table, "fits": Fit.choices, "evidence": Evidence.choices}
        return render(self.request, "admin/facts/fits_table.html", context)


class FactsMenuItem(MenuItem):
    """Visible to users who may edit the facts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_facts(request.user)


class FactsViewSet(ViewSet):
    """The table of facts, at /admin/facts/."""

    name = "facts"
    url_prefix = "facts"
    icon = "table"
    menu_label = gettext_lazy("Treatment facts")
    menu_order = 210
    add_to_admin_menu = True
    menu_item_class = FactsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", require_admin_access(FactsView.as_view()), name="index")]


@hooks.register("register_admin_viewset")
def facts() -> FactsViewSet:
    return FactsViewSet()


@hooks.register(SHORTCUT_HOOK, order=20)
def change_a_fact(request: HttpRequest) -> Shortcut | None:
    return Shortcut(_("Change a treatment fact"), reverse("facts:index"), "table") if may_edit_facts(request.user) else None


@hooks.register(SHORTCUT_HOOK, order=30)
def add_a_result(request: HttpRequest) -> Shortcut | None:
    index = ResultIndexPage.objects.first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    return Shortcut(
        _("Add a before-and-after case"), reverse("wagtailadmin_pages:add", args=("treatments", "resultpage", index.pk)), "image"
    )


@hooks.register(DUE_SECTIONS_HOOK)
def prices_to_renew(window: DueWindow) -> list[DueSection]:
    return expiring_prices(window)


@hooks.register(CONTENT_CHECK_HOOK)
def check_against_the_facts(page: SpecificPage) -> list[Finding]:
    """Check the text of a medical page against the facts."""
    return list(FactChecker(page).check())


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_contradictions(request: HttpRequest, page: SpecificPage) -> None:
    """Warn right after saving, while the editor still remembers the sentence. At most three findings are shown."""
    if not getattr(page, "needs_approval", False):
        return
    for finding in list(FactChecker(page.get_latest_revision_as_object()).check())[:3]:
        messages.warning(request, f"{finding.title}: “{finding.sentence or finding.found}” {finding.advice}")
