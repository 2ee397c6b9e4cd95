"""Federal holidays are offered to staff a month ahead, until the hours of that day are said."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core.models import ClinicDetails
from dashboard.registry import DueWindow
from home.holidays import holiday_sections, unsaid_holidays

pytestmark = pytest.mark.django_db
THANKSGIVING, CHRISTMAS = dt.date(2026, 11, 26), dt.date(2026, 12, 25)


def named(today: dt.date) -> list[dt.date]:
    return [day for day, _name in unsaid_holidays(ClinicDetails.objects.get(), today)]


def test_a_month_ahead_and_not_earlier() -> None:
    assert THANKSGIVING in named(dt.date(2026, 10, 26)) and THANKSGIVING not in named(dt.date(2026, 10, 25))
    assert THANKSGIVING in named(THANKSGIVING) and THANKSGIVING not in named(dt.date(2026, 11, 27))


def test_over_the_turn_of_the_year() -> None:
    assert dt.date(2027, 1, 1) in named(dt.date(2026, 12, 20))


def test_not_on_a_day_that_is_closed_anyway_nor_once_it_is_said() -> None:
    assert dt.date(2026, 7, 4) not in named(dt.date(2026, 6, 20)), "a Saturday; the clinic is closed"
    details = ClinicDetails.objects.get()
    value = {"date": CHRISTMAS, "closed": True, "opens": None, "closes": None, "note": "Christmas"}
    details.hours_exceptions = [("exception", value)]
    details.save()
    assert CHRISTMAS not in named(dt.date(2026, 12, 1))


def test_it_is_late_two_weeks_before() -> None:
    def late(today: dt.date) -> bool:
        items = holiday_sections(DueWindow(today, today))[0].items
        return next(item for item in items if "Thanksgiving" in item.title).is_late

    assert late(dt.date(2026, 11, 12)) and not late(dt.date(2026, 11, 11))


def test_without_hours_nothing_is_offered() -> None:
    ClinicDetails.objects.update(opening_hours="[]")
    assert holiday_sections(DueWindow.now()) == []


def test_the_site_manager_sees_them_in_what_is_due(as_role: Callable[..., Client]) -> None:
    page = as_role(Role.SITE_MANAGER).get("/admin/due/").content.decode()
    expected = unsaid_holidays(ClinicDetails.objects.get(), timezone.localdate())
    assert all(name.replace("'", "&#x27;") in page for _day, name in expected)
