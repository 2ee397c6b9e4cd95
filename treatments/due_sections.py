"""Due items of the dashboard: prices that have expired or will expire soon."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from dashboard.registry import DueItem, DueSection, DueWindow, section_from_queryset, short_day
from treatments.models import TreatmentPage


def expiring_prices(window: DueWindow) -> list[DueSection]:
    """Prices that have expired, so readers no longer see them, or expire before the horizon of the window."""
    pages = TreatmentPage.objects.filter(live=True, alias_of=None, price_from__isnull=False, price_valid_until__lte=window.horizon)

    def describe(page: TreatmentPage) -> DueItem:
        is_late = window.is_late(page.price_valid_until)
        words = _("hidden since %(day)s") if is_late else _("holds until %(day)s")
        detail = words % {"day": short_day(page.price_valid_until)}
        return DueItem(page.title, detail, reverse("wagtailadmin_pages:edit", args=(page.pk,)), is_late)

    title = gettext_lazy("Prices to renew")
    ordered = pages.order_by("price_valid_until", "pk").defer_streamfields()
    return [section_from_queryset("prices", title, (Role.EDITOR, Role.SITE_MANAGER), ordered, describe)]
