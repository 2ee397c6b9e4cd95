"""Opening hours and links of the clinic."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import AdminTimeInput
from wagtail.blocks.struct_block import StructBlockValidationError

from common.types import BlockValue

__all__ = ["HoursBlock", "HoursExceptionBlock", "SocialLinkBlock", "Weekday"]

CLINIC_GROUP = _("Clinic")


class Weekday(models.IntegerChoices):
    """Days of the week, numbered as in `datetime.date.weekday`."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


MIDNIGHT = dt.time(0)
#: An earlier year was meant as one to come: “12/31/99”.
EARLIEST_YEAR = 2020


def is_next_day(opens: dt.time, closes: dt.time) -> bool:
    """Whether a closing time is on the day after the opening time. From midnight to midnight is a whole day."""
    return closes <= opens


def check_closing_time(opens: dt.time | None, closes: dt.time | None) -> None:
    """Raises `StructBlockValidationError` where both times are the same, other than midnight, which means a whole day."""
    if opens is not None and opens == closes != MIDNIGHT:
        message = _("Opening and closing time are the same. For a whole day, enter 00:00 for both.")
        raise StructBlockValidationError(block_errors={"closes": ValidationError(message)})


def overlapping_days(hours: Iterable[BlockValue]) -> list[Weekday]:
    """The days of the week whose hours overlap with others, which may last past midnight."""
    week = 7 * 24 * 60
    spans = []
    for value in hours:
        start = int(value["day"]) * 24 * 60 + value["opens"].hour * 60 + value["opens"].minute
        end = int(value["day"]) * 24 * 60 + value["closes"].hour * 60 + value["closes"].minute
        spans.append((start, end + 24 * 60 * is_next_day(value["opens"], value["closes"]), Weekday(int(value["day"]))))
    spans.sort()
    following = [*spans[1:], *((start + week, end + week, day) for start, end, day in spans[:1])]
    return [day for (_start, end, _day), (start, _end, day) in zip(spans, following, strict=True) if len(spans) > 1 and start < end]


class ClosingTimeField(forms.TimeField):
    """A time of the day at which something ends, so that 24:00 is midnight."""

    def to_python(self, value: Any) -> dt.time | None:
        return MIDNIGHT if str(value).strip().lower() in ("24:00", "24:00:00", "midnight") else super().to_python(value)


class ClosingTimeBlock(blocks.TimeBlock):
    """When the clinic closes."""

    @cached_property
    def field(self) -> forms.TimeField:
        return ClosingTimeField(widget=AdminTimeInput(format=self.format), **self.field_options)


class HoursBlock(blocks.StructBlock):
    """When the clinic is open on one day of the week."""

    day = blocks.ChoiceBlock(label=_("Day"), choices=[(str(day.value), day.label) for day in Weekday])
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = ClosingTimeBlock(label=_("Closes"), help_text=_("May be past midnight: 6 p.m. to 2 a.m. 00:00 to 00:00 is a whole day."))

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        check_closing_time(cleaned["opens"], cleaned["closes"])
        return cleaned

    class Meta:
        icon = "time"
        group = CLINIC_GROUP
        label = _("Hours")
        description = _("From when to when the clinic is open on a day.")
        template = "blocks/hours.html"
        preview_value = {"day": "0", "opens": "09:00", "closes": "17:00"}


class HoursExceptionBlock(blocks.StructBlock):
    """A date on which the clinic is closed or has other hours."""

    date = blocks.DateBlock(label=_("Date"))
    closed = blocks.BooleanBlock(label=_("Closed all day"), required=False)
    opens = blocks.TimeBlock(label=_("Opens"), required=False)
    closes = ClosingTimeBlock(label=_("Closes"), required=False)
    note = blocks.CharBlock(label=_("Reason"), required=False, max_length=80)

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        if cleaned["date"].year < EARLIEST_YEAR:
            message = _("This day is long past. Write the year with four digits.")
            raise StructBlockValidationError(block_errors={"date": ValidationError(message)})
        if not cleaned["closed"] and (cleaned["opens"] is None or cleaned["closes"] is None):
            raise StructBlockValidationError(block_errors={"opens": ValidationError(_("Give both times, or tick “Closed all day”."))})
        check_closing_time(cleaned["opens"], cleaned["closes"])
        return cleaned

    class Meta:
        icon = "date"
        group = CLINIC_GROUP
        label = _("Day that differs")
        description = _("A holiday, or a day with other hours.")
        template = "blocks/hours_exception.html"
        preview_value = {"date": "2030-01-01", "closed": True, "opens": None, "closes": None, "note": _("New Year's Day")}


class SocialLinkBlock(blocks.StructBlock):
    """A link to the clinic's profile on another site."""

    label = blocks.CharBlock(label=_("Name"), max_length=40)
    url = blocks.URLBlock(label=_("Address"), help_text=_("Begins with https://."))

    class Meta:
        icon = "site"
        group = CLINIC_GROUP
        label = _("Social link")
        description = _("A link to the clinic's page elsewhere.")
        template = "blocks/social_link.html"
        preview_value = {"label": "Instagram", "url": "https://www.example.com/"}
