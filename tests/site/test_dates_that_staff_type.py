"""Dates and times as Americans write them, in every kind of field; what cannot be read is an error there, never today."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.blocks import DateBlock

from accounts.roles import Role
from review.forms import ApprovalForm
from treatments.models import TreatmentPage

DAYS = [dt.date(2026, 12, 31), dt.date(2026, 1, 2), dt.date(2027, 2, 28), dt.date(2028, 2, 29), dt.date(2026, 11, 9)]
FORMS = [
    "%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%m-%d-%Y", "%m.%d.%Y", "%b %d, %Y", "%b %d %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y",
    "%A, %B %d, %Y", "%a, %b %d, %Y",
]  # fmt: skip
UNREADABLE = ["31/12/2026", "13/13/2026", "02/30/2026", "tomorrow", "12/31", "2026", "12/31/2026 and later", "now"]
FIELDS = {
    "form": forms.DateField(widget=AdminDateInput),
    "block": DateBlock().field,
    "review": ApprovalForm.base_fields["review_on"],
    "model": TreatmentPage._meta.get_field("price_valid_until").formfield(),
}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("written", FORMS)
def test_a_date_is_read_in_any_form_in_any_field(day: dt.date, written: str) -> None:
    assert len(DAYS) * len(FORMS) == 60
    for name, field in FIELDS.items():
        assert field.to_python(day.strftime(written)) == day, name  # type: ignore[union-attr]


@pytest.mark.parametrize("typed", UNREADABLE)
def test_what_cannot_be_read_is_an_error(typed: str) -> None:
    for name, field in FIELDS.items():
        with pytest.raises(ValidationError):
            field.to_python(typed)  # type: ignore[union-attr]
            pytest.fail(name)


@pytest.mark.parametrize(
    "typed",
    [
        "11/30/2026 9:00 AM",
        "11/30/2026 9 AM",
        "11/30/2026 9:00am",
        "Nov 30, 2026 9:00 AM",
        "2026-11-30 09:00",
        "11/30/26, 9:00 AM",
        "Nov 30, 2026 at 9 AM",
    ],
)
def test_a_moment_is_read_in_the_clinics_time(typed: str) -> None:
    read = forms.DateTimeField(widget=AdminDateTimeInput).to_python(typed)
    assert read and read.isoformat() == "2026-11-30T09:00:00-05:00"


@pytest.mark.parametrize(
    ("typed", "time"), [("9:00 AM", dt.time(9)), ("5 pm", dt.time(17)), ("17:30", dt.time(17, 30)), ("12:00 AM", dt.time(0))]
)
def test_a_time_is_read(typed: str, time: dt.time) -> None:
    assert forms.TimeField().to_python(typed) == time


def test_a_picker_writes_what_americans_read() -> None:
    assert AdminDateInput().format_value(dt.date(2026, 12, 31)) == "12/31/2026"
    assert AdminDateTimeInput().format_value(dt.datetime(2026, 12, 31, 21, 30)) == "12/31/2026 09:30 PM"


@pytest.mark.django_db
def test_an_unreadable_date_is_explained_at_its_field_and_kept(as_role: Callable[..., Client]) -> None:
    answer: Any = as_role(Role.EDITOR).post("/admin/snippets/core/reference/add/", {"recheck_on": "31/12/2026"})
    assert answer.context["form"].errors["recheck_on"] == ["Enter a valid date."]
    assert 'value="31/12/2026"' in answer.content.decode()
