"""Clinic details, people, references, blocks: what staff may enter and how it comes out."""

import contextlib
import datetime as dt
from typing import Any

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from common.phones import format_phone, parse_phone
from core.blocks.body import BodyBlock
from core.blocks.clinic import HoursBlock, HoursExceptionBlock
from core.blocks.links import LinkBlock
from core.models import ClinicDetails, Navigation, Reference


@pytest.fixture
def clinic(db: None) -> ClinicDetails:
    return ClinicDetails.for_site(Site.objects.get(is_default_site=True))


def test_details_appear_wherever_they_belong(client: Client, clinic: ClinicDetails) -> None:
    clinic.phone = "+12025550188"
    clinic.notice = "Closed on Friday for training"
    clinic.save()
    for path in ("/", "/blog/", "/nothing/"):
        html = client.get(path).content.decode()
        assert "(202) 555-0188" in html
        assert "Closed on Friday for training" in html


def test_a_phone_number_that_cannot_be_dialled_is_explained(clinic: ClinicDetails) -> None:
    clinic.phone = "call us"
    with pytest.raises(ValidationError) as problem:
        clinic.full_clean()
    assert "couldn't read this number" in str(problem.value)


def test_the_week_lists_every_day_once(clinic: ClinicDetails) -> None:
    week = clinic.week()
    assert len(week) == 7
    assert sum(line.is_today for line in week) == 1


def test_past_exceptions_are_not_shown(clinic: ClinicDetails) -> None:
    today = timezone.localdate()
    days = [today - dt.timedelta(days=1), today + dt.timedelta(days=3), today]
    clinic.hours_exceptions = [("exception", {"date": day, "closed": True, "opens": None, "closes": None, "note": ""}) for day in days]
    assert [value["date"] for value in clinic.coming_exceptions()] == [today, today + dt.timedelta(days=3)]  # type: ignore[index]


def test_menus_leave_out_pages_that_are_not_published(client: Client, db: None) -> None:
    from blog.models import ArticleIndexPage

    assert b'href="/blog/"' in client.get("/").content
    ArticleIndexPage.objects.get().unpublish()
    menu = client.get("/").content.decode().split("</header>")[0]
    assert 'href="/blog/"' not in menu
    assert Navigation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("doi", "https://doi.org/10.1155/2010/893080"), ("doi", "10.1155"), ("pmid", "PMID 123"), ("pmid", "123456789")]
)
def test_references_refuse_what_does_not_lead_anywhere(db: None, field: str, value: str) -> None:
    with pytest.raises(ValidationError) as problem:
        Reference(title="A study", **{field: value}).full_clean()
    assert field in problem.value.message_dict


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"doi": "10.1155/2010/893080", "pmid": "1"}, "https://doi.org/10.1155/2010/893080"),
        ({"pmid": "11423843"}, "https://pubmed.ncbi.nlm.nih.gov/11423843/"),
        ({"url": "https://www.example.com/"}, "https://www.example.com/"),
        ({}, ""),
    ],
)
def test_a_reference_links_to_its_most_lasting_address(fields: dict[str, str], link: str) -> None:
    assert Reference(title="A study", **fields).link == link


@pytest.mark.parametrize("text", ["(202) 555-0123", "202.555.0123", "+1 202 555 0123", "2025550123", " 1-202-555-0123 "])
def test_phone_numbers_are_read_however_they_are_written(text: str) -> None:
    assert parse_phone(text) == "+12025550123"


def test_phone_numbers_are_shown_as_people_read_them() -> None:
    assert format_phone("+12025550123") == "(202) 555-0123"
    assert format_phone("+442079460123").startswith("+44")
    assert format_phone("not a number") == "not a number"


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=50))
def test_any_text_is_a_number_or_a_clear_refusal(text: str) -> None:
    with contextlib.suppress(phonenumbers.NumberParseException):
        assert parse_phone(text).startswith("+")


def link(**values: Any) -> Any:
    block = LinkBlock()
    return block.clean(block.to_python({"page": None, "url": "", "text": "", **values}))


@pytest.mark.parametrize("values", [{}, {"text": "Read"}, {"url": "https://www.example.com/"}])
def test_a_link_needs_somewhere_to_lead_and_words(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        link(**values)


def test_a_link_that_is_optional_may_be_empty() -> None:
    block = LinkBlock(required=False)
    assert block.clean(block.to_python({"page": None, "url": "", "text": ""})).href == ""


@pytest.mark.parametrize(("opens", "closes"), [("18:00", "02:00"), ("18:00", "00:00"), ("00:00", "00:00"), ("00:00", "23:59")])
def test_hours_may_last_past_midnight_and_all_day(opens: str, closes: str) -> None:
    block = HoursBlock()
    assert block.clean(block.to_python({"day": "4", "opens": opens, "closes": closes}))


def test_midnight_may_be_written_as_the_end_of_a_day() -> None:
    field = HoursBlock().child_blocks["closes"].field
    assert field.to_python("24:00") == dt.time(0) == field.to_python("midnight") and field.to_python("5:00 PM") == dt.time(17)


def test_a_day_that_differs_is_not_long_past() -> None:
    block = HoursExceptionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"date": "1999-12-31", "closed": True, "note": ""}))


def test_the_same_time_twice_is_no_span_but_for_midnight() -> None:
    block = HoursBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"day": "0", "opens": "09:00", "closes": "09:00"}))


def details_with(hours: list[tuple[str, str, str]], dates: list[str] | None = None) -> ClinicDetails:
    details = ClinicDetails.objects.get()
    details.opening_hours = details.opening_hours.stream_block.to_python(
        [{"type": "hours", "value": {"day": day, "opens": opens, "closes": closes}} for day, opens, closes in hours]
    )
    details.hours_exceptions = details.hours_exceptions.stream_block.to_python(
        [{"type": "exception", "value": {"date": date, "closed": True, "note": ""}} for date in dates or []]
    )
    return details


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hours",
    [
        [("0", "09:00", "12:00"), ("0", "11:00", "17:00")],
        [("0", "09:00", "12:00"), ("0", "09:00", "12:00")],
        [("4", "18:00", "02:00"), ("5", "01:00", "10:00")],
        [("6", "18:00", "02:00"), ("0", "00:00", "10:00")],
        [("0", "00:00", "00:00"), ("0", "09:00", "10:00")],
    ],
)
def test_hours_that_overlap_are_named(hours: list[tuple[str, str, str]]) -> None:
    with pytest.raises(ValidationError) as refused:
        details_with(hours).full_clean()
    assert "overlap" in str(refused.value.message_dict["opening_hours"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hours",
    [
        [("0", "09:00", "12:00"), ("0", "12:00", "17:00")],
        [("4", "18:00", "00:00"), ("5", "00:00", "02:00")],
        [(str(day), "00:00", "00:00") for day in range(7)],
        [("6", "18:00", "02:00"), ("0", "09:00", "10:00")],
        [],
    ],
)
def test_hours_that_only_meet_are_taken(hours: list[tuple[str, str, str]]) -> None:
    details_with(hours).full_clean()


@pytest.mark.django_db
def test_a_date_that_differs_is_named_once() -> None:
    with pytest.raises(ValidationError) as refused:
        details_with([], ["2030-12-24", "2030-12-25", "2030-12-24"]).full_clean()
    assert "Dec. 24, 2030 is there twice" in str(refused.value.message_dict["hours_exceptions"])


def test_an_exception_is_closed_or_has_both_times() -> None:
    block = HoursExceptionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"date": "2030-01-01", "closed": False, "opens": "09:00", "closes": None, "note": ""}))


def body(*children: tuple[str, Any]) -> Any:
    block = BodyBlock()
    return block.clean(block.to_python([{"type": name, "value": value} for name, value in children]))


def test_two_headings_with_the_same_words_are_told_apart() -> None:
    with pytest.raises(ValidationError):
        body(("heading", "Risks"), ("text", "<p>One</p>"), ("heading", "Risks"))


def test_a_subheading_needs_a_heading_above_it() -> None:
    with pytest.raises(ValidationError):
        body(("subheading", "Details"), ("text", "<p>One</p>"))
    assert len(body(("heading", "Risks"), ("subheading", "Details"))) == 2


def test_stored_data_of_a_block_type_that_no_longer_exists_is_left_out(client: Client, db: None) -> None:
    from blog.models import ArticlePage

    article = ArticlePage.objects.get(slug="how-acne-scars-form")
    raw = [
        *article.body.raw_data,
        {"type": "carousel", "value": {"x": 1}, "id": "0"},
        {"type": "callout", "value": {"kind": "", "title": "T", "text": "x"}, "id": "1"},
    ]
    article.body = ArticlePage.body.field.stream_block.to_python(raw)
    type(article).objects.filter(pk=article.pk).update(body=article.body)
    assert client.get(article.url).status_code == 200
