"""One day everywhere: the clinic's own, whatever clock a reader, a member of staff or the server has."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from blog.models import ArticlePage
from common.clock import clinic_day, clinic_iso
from core.models import ClinicDetails
from core.opening import opening_state
from core.structured_data import is_physician, opening_hours, special_hours
from tests.core.test_models import details_with

pytestmark = pytest.mark.django_db
#: 21:30 in the clinic's zone, and the next day in UTC.
LATE = "2026-11-29T02:30:00+00:00"
ZONE = ZoneInfo("America/New_York")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def structured(client: Client, address: str) -> list[dict[str, Any]]:
    script = BeautifulSoup(client.get(address).content, "html.parser").select_one('script[type="application/ld+json"]')
    assert script
    return list(json.loads(script.string or "")["@graph"])


def test_an_evening_belongs_to_the_clinics_day_wherever_one_is() -> None:
    moment = dt.datetime.fromisoformat(LATE)
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert clinic_day(moment) == dt.date(2026, 11, 28)
        assert clinic_iso(moment) == "2026-11-28T21:30:00-05:00"
        assert clinic_iso(dt.date(2026, 7, 1)) == "2026-07-01T00:00:00-04:00"


def test_staff_have_no_time_zone_of_their_own(as_role: Callable[..., Any]) -> None:
    assert settings.WAGTAIL_USER_TIME_ZONES == [settings.TIME_ZONE]
    assert "current_time_zone" not in as_role(Role.CLINICIAN).get("/admin/account/").content.decode()


def test_structured_data_dates_are_the_clinics_with_time_and_offset(client: Client) -> None:
    ArticlePage.objects.filter(slug="how-acne-scars-form").update(last_published_at=dt.datetime.fromisoformat(LATE))
    article = next(node for node in structured(client, "/blog/how-acne-scars-form/") if node["@type"] == "Article")
    assert article["dateModified"] == "2026-11-28T21:30:00-05:00"
    assert dt.datetime.fromisoformat(article["datePublished"]).utcoffset() is not None
    assert article["image"] and article["image"][0].startswith("http")
    assert client.get(article["image"][0].partition(settings.BASE_URL)[2]).status_code == 200


@pytest.mark.parametrize(
    ("credentials", "physician"),
    [
        ("MD", True),
        ("M.D.", True),
        ("MD FAAD", True),
        ("M.D., FAAD", True),
        ("FAAD, MD", True),
        ("DO", True),
        ("RN", False),
        ("", False),
        ("MDS", False),
    ],
)
def test_a_medical_degree_is_read_however_it_is_written(credentials: str, physician: bool) -> None:
    assert is_physician(credentials) is physician


def test_a_physician_has_the_clinics_address(client: Client) -> None:
    doctor = next(node for node in structured(client, "/team/imani-vale/") if node["@type"] == "Physician")
    assert doctor["address"]["addressLocality"] and doctor["telephone"]


@pytest.mark.parametrize(
    ("hours", "now", "is_open", "until"),
    [
        ([("4", "18:00", "02:00")], "2026-12-05 01:30", True, "2026-12-05 02:00"),
        ([("4", "18:00", "02:00")], "2026-12-05 02:00", False, "2026-12-11 18:00"),
        ([("4", "18:00", "00:00"), ("5", "00:00", "02:00")], "2026-12-04 23:50", True, "2026-12-05 02:00"),
        ([("0", "00:00", "00:00")], "2026-11-30 23:59", True, "2026-12-01 00:00"),
        ([("6", "09:00", "17:00")], "2027-03-14 08:30", False, "2027-03-14 09:00"),
        ([("6", "09:00", "17:00")], "2027-03-14 16:30", True, "2027-03-14 17:00"),
        ([("6", "09:00", "17:00")], "2026-11-01 08:30", False, "2026-11-01 09:00"),
        ([("6", "09:00", "17:00")], "2026-11-01 16:30", True, "2026-11-01 17:00"),
    ],
)
def test_open_past_midnight_all_day_and_when_clocks_change(hours: list[Any], now: str, is_open: bool, until: str) -> None:
    state = opening_state(details_with(hours), at(now))
    assert state is not None and (state.is_open, state.until) == (is_open, at(until))


def test_search_engines_read_midnight_as_the_end_of_a_day() -> None:
    spans = opening_hours(details_with([("0", "00:00", "00:00"), ("4", "18:00", "02:00"), ("5", "09:00", "17:00")]))
    assert [(span["opens"], span["closes"]) for span in spans] == [("00:00", "23:59"), ("18:00", "02:00"), ("09:00", "17:00")]


def test_each_closed_day_over_the_turn_of_the_year_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"2026-12-{day}" for day in range(24, 32)] + ["2027-01-01"]
    monkeypatch.setattr("core.models.clinic.clinic_day", lambda: dt.date(2026, 12, 1))
    nodes = special_hours(details_with([("0", "09:00", "17:00")], days))
    assert [(node["validFrom"], node["opens"], node["closes"]) for node in nodes] == [(day, "00:00", "00:00") for day in days]


def test_the_footer_says_that_today_differs(client: Client) -> None:
    details = ClinicDetails.objects.get()
    today = clinic_day()
    details.opening_hours = details_with([(str(today.weekday()), "00:00", "00:00")]).opening_hours
    details.hours_exceptions = details_with([], [today.isoformat()]).hours_exceptions
    details.save()
    footer = BeautifulSoup(client.get("/").content, "html.parser").select_one("footer .opening-hours")
    assert footer and "open 24 hours" in footer.text
    assert not footer.select("tr.is-today"), "the week's hours of today do not hold"
    marked = footer.select_one("p.is-today")
    assert marked and "Today" in marked.text and "closed" in marked.text
