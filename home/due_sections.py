"""Due items of the dashboard: legal notices that are missing, not linked or due for a check."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from accounts.roles import Role
from core.models import Navigation
from dashboard.registry import DueItem, DueSection, DueWindow, short_day
from home.models import StandardPage
from home.models.notices import LegalNoticeKind
from page_tree.linked_pages import linked_ids


def linked_from_every_page() -> set[int]:
    """Ids of the pages in the main menu and the footer, which are shown on every page."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return set()
    navigation = Navigation.for_site(site)
    return set(linked_ids([list(navigation.main_menu.raw_data), list(navigation.footer_columns.raw_data)]))


def legal_notices(window: DueWindow) -> list[DueSection]:
    """Legal notices that are missing, not linked from every page, or due for a check before the horizon of the window."""
    pages = {page.notice: page for page in StandardPage.objects.filter(live=True).exclude(notice="").defer_streamfields()}
    linked_page_ids = linked_from_every_page()
    items = []
    for kind in LegalNoticeKind:
        page = pages.get(kind.value)
        if page is None:
            items.append(
                DueItem(
                    str(kind.label), _("missing: no published page is marked as this notice"), reverse("wagtailadmin_explore_root"), True
                )
            )
            continue
        edit_url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        if page.pk not in linked_page_ids:
            items.append(DueItem(page.title, _("not linked from every page: add it to the footer"), edit_url, True))
        if page.check_again_on is None or page.check_again_on <= window.horizon:
            day = short_day(page.check_again_on)
            items.append(DueItem(page.title, _("check by %(day)s") % {"day": day}, edit_url, window.is_late(page.check_again_on)))
    return [DueSection("notices", gettext_lazy("Notices"), (Role.EDITOR, Role.SITE_MANAGER), items, len(items))]
