"""What this floor watches: prices."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.review.due import Clock, Item, Section, section_of, short_day
from core.roles import Role
from treatments.models import TreatmentPage


def sections(clock: Clock) -> list[Section]:
    """Prices that ran out, which readers no longer see, and those that soon will."""
    due = TreatmentPage.objects.filter(live=True, alias_of=None, price_from__isnull=False, price_valid_until__lte=clock.horizon)

    def describe(page: TreatmentPage) -> Item:
        late = clock.is_late(page.price_valid_until)
        words = _("hidden since %(day)s") if late else _("holds until %(day)s")
        detail = words % {"day": short_day(page.price_valid_until)}
        return Item(page.title, detail, reverse("wagtailadmin_pages:edit", args=(page.pk,)), late)

    title = gettext_lazy("Prices to renew")
    ordered = due.order_by("price_valid_until", "pk").defer_streamfields()
    return [section_of("prices", title, (Role.EDITOR, Role.SITE_MANAGER), ordered, describe)]
