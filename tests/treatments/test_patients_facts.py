"""What patients ask first: the cost of a whole course, the days one looks treated, and how treatments compare."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from core.models import ClinicDetails
from core.opening import answer_by
from treatments.models import AftercarePage, TreatmentPage

pytestmark = pytest.mark.django_db
FRAXEL = "fraxel-dual-laser"


@pytest.fixture
def laser() -> TreatmentPage:
    return TreatmentPage.objects.get(slug=FRAXEL)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "$2,700 to $7,000"),
        ({"price_to": None}, "$2,700 to $4,500"),
        ({"sessions_min": None, "sessions_max": 3}, "$2,700 to $4,200"),
        ({"sessions_min": None, "sessions_max": None}, ""),
        ({"price_unit": "course"}, "$900 to $1,400"),
        ({"price_unit": "syringe"}, ""),
        ({"price_valid_until": dt.date(2020, 1, 1)}, ""),
    ],
)
def test_the_cost_of_a_course_follows_from_price_and_sessions(laser: TreatmentPage, values: dict[str, object], text: str) -> None:
    for name, value in values.items():
        setattr(laser, name, value)
    assert laser.course_price_text == text


def test_what_is_paid_by_the_syringe_has_an_example(laser: TreatmentPage) -> None:
    assert laser.example_price_text == "", "a total is no example"
    laser.price_unit = "syringe"
    assert laser.example_price_text == "$1,800 to $2,800 for two syringes"
    laser.price_valid_until = dt.date(2020, 1, 1)
    assert laser.example_price_text == ""


@pytest.mark.parametrize(("low", "high", "text"), [(3, 7, "3 to 7 days"), (None, 1, "1 day"), (0, 1, "0 to 1 days"), (None, None, "")])
def test_days_one_looks_treated(laser: TreatmentPage, low: int | None, high: int | None, text: str) -> None:
    laser.days_visible_min, laser.days_visible_max = low, high
    assert laser.days_text == text


def test_days_the_wrong_way_round_are_explained_at_their_field(laser: TreatmentPage) -> None:
    laser.days_visible_min, laser.days_visible_max = 9, 2
    with pytest.raises(ValidationError) as refused:
        laser.clean()
    assert "days_visible_max" in refused.value.message_dict


def test_in_selected_cases_is_said_wherever_the_fit_is(client: Client) -> None:
    for address in (f"/treatments/{FRAXEL}/", "/scars/hypertrophic/", f"/treatments/compare/?t={FRAXEL}&t=skincare"):
        assert "in selected cases" in client.get(address).content.decode(), address


def test_a_comparison_of_nothing_says_what_to_choose(client: Client) -> None:
    assert 'role="alert"' in client.get("/treatments/compare/?go=1").content.decode()
    assert 'role="alert"' not in client.get("/treatments/compare/").content.decode()


def test_every_treatment_leads_to_aftercare_that_says_whom_to_call(client: Client) -> None:
    for page in TreatmentPage.objects.live():
        html = client.get(page.url).content.decode()
        assert f"{page.url}aftercare/" in html
        care = BeautifulSoup(client.get(f"{page.url}aftercare/").content, "html.parser").find("main")
        assert care and care.select_one('a[href="tel:+12025550123"]') and len(care.select(".day")) >= 3


def test_aftercare_is_medical_and_stands_below_its_treatment() -> None:
    assert AftercarePage.needs_approval and AftercarePage.parent_page_types == ["treatments.TreatmentPage"]


def test_a_poor_fit_is_never_what_to_read_next(client: Client) -> None:
    page = BeautifulSoup(client.get("/scars/ice-pick/").content, "html.parser")
    related = [link["href"] for link in page.select(".related-list a")]
    assert "/treatments/microdermabrasion/" not in related and "/treatments/juvederm-filler/" not in related


def test_a_reply_is_promised_for_a_day_on_which_the_clinic_is_open(clinic_details: ClinicDetails) -> None:
    friday = timezone.make_aware(dt.datetime(2026, 11, 27, 16))
    assert answer_by(clinic_details, friday) == dt.date(2026, 12, 1)
    clinic_details.reply_days = 0
    assert answer_by(clinic_details, friday) is None


@pytest.fixture
def clinic_details() -> ClinicDetails:
    details = ClinicDetails.objects.first()
    assert details
    return details
