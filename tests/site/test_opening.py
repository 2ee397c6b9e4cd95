"""Whether the clinic is open, by its hours and the days that differ, and what pages say while it is closed."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from core.models import ClinicDetails
from core.opening import opening_state
from core.templatetags.clinic import phone_links

pytestmark = pytest.mark.django_db
NINE, NOON, ONE, FIVE = (dt.time(hour).isoformat() for hour in (9, 12, 13, 17))


def clinic_with(**exception: Any) -> ClinicDetails:
    """Monday and Tuesday from 9 to 5, closed for lunch on Tuesday; with one day that differs."""
    spans = [("0", NINE, FIVE), ("1", NINE, NOON), ("1", ONE, FIVE)]
    details = ClinicDetails()
    details.opening_hours = [("hours", {"day": day, "opens": opens, "closes": closes}) for day, opens, closes in spans]
    details.hours_exceptions = [("exception", exception)] if exception else []
    # As they are read from the database.
    return ClinicDetails(
        opening_hours=details.opening_hours.stream_block.to_python(details.opening_hours.get_prep_value()),
        hours_exceptions=details.hours_exceptions.stream_block.to_python(details.hours_exceptions.get_prep_value()),
    )


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("now", "is_open", "until"),
    [
        ("2026-11-30 08:59", False, "2026-11-30 09:00"),
        ("2026-11-30 09:00", True, "2026-11-30 17:00"),
        ("2026-11-30 17:00", False, "2026-12-01 09:00"),
        ("2026-12-01 12:30", False, "2026-12-01 13:00"),
        ("2026-12-02 02:00", False, "2026-12-07 09:00"),
    ],
)
def test_open_or_closed_and_until_when(now: str, is_open: bool, until: str) -> None:
    state = opening_state(clinic_with(), at(now))
    assert state is not None and (state.is_open, state.until) == (is_open, at(until))


def test_a_day_that_differs_replaces_the_weekly_hours() -> None:
    closed = clinic_with(date="2026-11-30", closed=True, opens=None, closes=None, note="")
    state = opening_state(closed, at("2026-11-30 10:00"))
    assert state is not None and (state.is_open, state.until) == (False, at("2026-12-01 09:00"))
    short = clinic_with(date="2026-11-30", closed=False, opens=NINE, closes=NOON, note="")
    state = opening_state(short, at("2026-11-30 13:00"))
    assert state is not None and (state.is_open, state.until) == (False, at("2026-12-01 09:00"))


def test_the_day_is_the_clinics_and_not_the_readers() -> None:
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        state = opening_state(clinic_with(), at("2026-11-30 16:00"))
    assert state is not None and state.is_open


def test_without_hours_nothing_is_claimed() -> None:
    assert opening_state(ClinicDetails(), at("2026-11-30 10:00")) is None


def say_hours(day: dt.date, closed: bool) -> ClinicDetails:
    details = ClinicDetails.objects.get()
    value = {"date": day, "closed": closed, "opens": None if closed else dt.time(0), "closes": None if closed else dt.time(23, 59)}
    details.hours_exceptions = [("exception", {**value, "note": ""})]
    details.save()
    return details


def test_while_it_is_closed_every_page_says_so_and_what_to_do(client: Client, nothing_cached: Any) -> None:
    say_hours(timezone.localdate(), closed=True)
    for address in ("/", "/blog/", "/consultation/", "/consultation/receipt/"):
        bar = BeautifulSoup(client.get(address).content, "html.parser").select_one(".closed-now")
        assert bar and "Closed now, opens" in bar.text and bar.select_one("a[href='tel:911']"), address


def test_while_it_is_open_nothing_is_said(client: Client, nothing_cached: Any) -> None:
    say_hours(timezone.localdate(), closed=False)
    assert b"closed-now" not in client.get("/").content


def test_help_at_night_never_says_phone_the_clinic_alone(send_urgent: Callable[[], bytes]) -> None:
    say_hours(timezone.localdate(), closed=True)
    text = BeautifulSoup(send_urgent(), "html.parser").find(id="act-now").text
    assert "The clinic is closed until" in text and "urgent-care center" in text


@pytest.fixture
def send_urgent(client: Client, nothing_cached: Any) -> Callable[[], bytes]:
    return lambda: client.post("/consultation/", {"message": "pus and fever after my peel"}).content


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("In an emergency call 911.", ["tel:911"]),
        ("Call or text 988, or (202) 555-0147 <b>", ["tel:988", "tel:+12025550147"]),
        ("No number here, only 12 and 2026.", []),
        ("", []),
    ],
)
def test_numbers_in_texts_are_links(text: str, links: list[str]) -> None:
    html = phone_links(text)
    page = BeautifulSoup(html, "html.parser")
    assert [link["href"] for link in page.select("a")] == links and page.text == text
