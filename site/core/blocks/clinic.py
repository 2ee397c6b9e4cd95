"""Opening hours and links of the clinic."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
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


def check_closing_time(opens: dt.time | None, closes: dt.time | None) -> None:
    """Raises `StructBlockValidationError` where the closing time is not after the opening time."""
    if opens and closes and closes <= opens:
        raise StructBlockValidationError(block_errors={"closes": ValidationError(_("Closing time must be after opening time."))})


class HoursBlock(blocks.StructBlock):
    """When the clinic is open on one day of the week."""

    day = blocks.ChoiceBlock(label=_("Day"), choices=[(str(day.value), day.label) for day in Weekday])
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))

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
    closes = blocks.TimeBlock(label=_("Closes"), required=False)
    note = blocks.CharBlock(label=_("Reason"), required=False, max_length=80)

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        if not cleaned["closed"] and not (cleaned["opens"] and cleaned["closes"]):
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
