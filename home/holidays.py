"""Federal holidays that the clinic has not said yet whether it is open on, offered a month ahead."""

import datetime as dt

import holidays
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from accounts.roles import Role
from core.models import ClinicDetails
from dashboard.registry import DueItem, DueSection, DueWindow

DAYS_AHEAD = 31


def unsaid_holidays(clinic: ClinicDetails, today: dt.date) -> list[tuple[dt.date, str]]:
    """Date and name of each federal holiday within a month on which the clinic would be open by its weekly hours."""
    until = today + dt.timedelta(days=DAYS_AHEAD)
    said = {child.value["date"] for child in clinic.hours_exceptions}
    open_days = {int(child.value["day"]) for child in clinic.opening_hours}
    federal = holidays.country_holidays("US", years=range(today.year, until.year + 1))
    return [
        (day, name) for day, name in sorted(federal.items()) if today <= day <= until and day not in said and day.weekday() in open_days
    ]


def holiday_sections(window: DueWindow) -> list[DueSection]:
    """Federal holidays for which the hours are not said. Late from two weeks before, so that patients can plan."""
    site = Site.objects.filter(is_default_site=True).first()
    clinic = ClinicDetails.for_site(site) if site else None
    if clinic is None or not clinic.opening_hours:
        return []
    address = reverse("wagtailsettings:edit", args=("core", "clinicdetails"))
    items = [
        DueItem(
            f"{name}, {date_format(day, 'l, F j')}",
            _("open or closed? Add it to the days that differ"),
            f"{address}#panel-hours_exceptions-section",
            day - window.today <= dt.timedelta(days=14),
        )
        for day, name in unsaid_holidays(clinic, window.today)
    ]
    return [DueSection("holidays", gettext_lazy("Holidays"), (Role.SITE_MANAGER,), items, len(items))]
