"""The clinic's details: entered once, used on every page."""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from common.clock import clinic_day
from common.phones import PhoneError, format_phone, parse_phone
from common.types import BlockValue
from core.blocks.clinic import HoursBlock, HoursExceptionBlock, SocialLinkBlock, Weekday, overlapping_days
from core.fields import BlockStreamField
from core.models.settings import PreloadedSiteSetting


class DayHours(NamedTuple):
    """The opening hours of one day of the week. No spans: closed."""

    day: str
    short: str
    spans: list[tuple[dt.time, dt.time]]
    is_today: bool


class WeekLine(NamedTuple):
    """Days of the week with the same hours, such as “Mon, Tue”, and the hours in words."""

    days: str
    hours: str
    is_today: bool


def hours_text(opens: dt.time, closes: dt.time) -> str:
    """Such as “9 a.m. to 5 p.m.”, with a dash"""
    if opens == closes:
        return gettext("open 24 hours")
    return f"{time_format(opens)}–{time_format(closes)}"


@register_setting(icon="home", order=10)
class ClinicDetails(PreloadedSiteSetting):
    """The clinic's name, address, hours and emergency text."""

    clinic_name = models.CharField(_("name of the clinic"), max_length=80, default="AlluraDerm MD")
    tagline = models.CharField(_("in a few words"), max_length=120, blank=True, help_text=_("Shown in the footer. At most 120 characters."))
    address_line_1 = models.CharField(_("street"), max_length=120, blank=True)
    address_line_2 = models.CharField(_("suite or floor"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=40, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=16, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True, help_text=_("Patients tap it to call. Such as (202) 555-0123."))
    email = models.EmailField(
        _("public e-mail"), blank=True, help_text=_("Shown on the site. Ask patients not to send health details to it.")
    )
    reply_time = models.CharField(
        _("time to a reply"),
        max_length=60,
        default=_("within two working days"),
        help_text=_("Completes the sentence “We answer …”."),
    )
    reply_days = models.PositiveSmallIntegerField(
        _("working days to a reply"),
        default=2,
        validators=[MaxValueValidator(15)],
        help_text=_("Counted in days on which you are open. A patient reads by which date you answer. 0: no date is named."),
    )
    emergency_text = models.TextField(
        _("in an emergency"),
        max_length=300,
        default=_("In an emergency call 911. Do not wait for a reply from this site."),
        help_text=_("Shown with the consultation form and wherever urgent signs are named. At most 300 characters."),
    )
    after_hours_text = models.TextField(
        _("while the clinic is closed"),
        max_length=300,
        default=_("If it cannot wait, go to an urgent-care center or an emergency department. In an emergency call 911."),
        help_text=_("At the top of every page while you are closed, and with urgent signs. At most 300 characters. Numbers become links."),
    )
    after_hours_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page for after hours"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What to do while you are closed, in full. Linked from the line at the top, from urgent help and from the menu."),
    )
    notice = models.CharField(
        _("notice on every page"),
        max_length=200,
        blank=True,
        help_text=_("A line at the top of every page, such as a closure. Empty it to take it away."),
    )
    opening_hours = BlockStreamField(
        [("hours", HoursBlock())],
        blank=True,
        verbose_name=_("opening hours"),
        help_text=_("Add a day once, or twice if the clinic closes for lunch. A day left out is closed."),
    )
    hours_exceptions = BlockStreamField(
        [("exception", HoursExceptionBlock())],
        blank=True,
        verbose_name=_("days that differ"),
        help_text=_("Holidays and other dates with other hours. Past dates are not shown."),
    )
    social_links = BlockStreamField([("social", SocialLinkBlock())], blank=True, verbose_name=_("social links"))

    panels = [
        MultiFieldPanel([FieldPanel("clinic_name"), FieldPanel("tagline")], heading=_("Name")),
        MultiFieldPanel(
            [
                FieldPanel("address_line_1"),
                FieldPanel("address_line_2"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("state"), FieldPanel("postal_code")]),
            ],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("reply_time"), FieldPanel("reply_days")]),
            ],
            heading=_("How to reach it"),
        ),
        MultiFieldPanel([FieldPanel("opening_hours"), FieldPanel("hours_exceptions")], heading=_("Hours")),
        MultiFieldPanel(
            [FieldPanel("emergency_text"), FieldPanel("after_hours_text"), FieldPanel("after_hours_page"), FieldPanel("notice")],
            heading=_("Important words"),
        ),
        FieldPanel("social_links"),
    ]

    class Meta:
        verbose_name = _("clinic details")

    def __str__(self) -> str:
        return self.clinic_name

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str | Promise] = {}
        if self.phone:
            try:
                self.phone = parse_phone(self.phone)
            except PhoneError as problem:
                problems["phone"] = problem.explanation
        if days := overlapping_days(child.value for child in self.opening_hours):
            problems["opening_hours"] = _("Two entries overlap on %(day)s. Each time of a day may be given once.") % {"day": days[0].label}
        dates = Counter(child.value["date"] for child in self.hours_exceptions)
        if twice := sorted(date for date, count in dates.items() if count > 1):
            problems["hours_exceptions"] = _("%(date)s is there twice. Keep one of the two.") % {"date": date_format(twice[0])}
        if problems:
            raise ValidationError(problems)

    @property
    def today(self) -> dt.date:
        """The clinic's own day."""
        return clinic_day()

    @property
    def phone_display(self) -> str:
        """The phone number, formatted for readers."""
        return format_phone(self.phone)

    @property
    def address_lines(self) -> list[str]:
        """The lines of the postal address, without empty ones."""
        city_line = " ".join(
            item for item in (f"{self.city}," if self.city and self.state else self.city, self.state, self.postal_code) if item
        )
        return [line for line in (self.address_line_1, self.address_line_2, city_line) if line]

    def week(self) -> list[DayHours]:
        """Opening hours from Monday to Sunday."""
        # A day that differs is named on its own, so that no reader takes the week's hours for it.
        differs = any(child.value["date"] == self.today for child in self.hours_exceptions)
        today = None if differs else self.today.weekday()
        spans: dict[int, list[tuple[dt.time, dt.time]]] = {day.value: [] for day in Weekday}
        for child in self.opening_hours:
            spans[int(child.value["day"])].append((child.value["opens"], child.value["closes"]))
        return [DayHours(str(day.label), str(WEEKDAYS_ABBR[day.value]), sorted(spans[day.value]), day.value == today) for day in Weekday]

    def week_lines(self) -> list[WeekLine]:
        """The week in as few lines as it takes: days with the same hours share one, in the order of their first day."""
        lines: dict[tuple[tuple[dt.time, dt.time], ...], list[DayHours]] = {}
        for day in self.week():
            lines.setdefault(tuple(day.spans), []).append(day)
        return [
            WeekLine(
                ", ".join(day.short for day in days),
                ", ".join(hours_text(*span) for span in spans) or gettext("closed"),
                any(day.is_today for day in days),
            )
            for spans, days in lines.items()
        ]

    def coming_exceptions(self) -> list[BlockValue]:
        """Values of `HoursExceptionBlock` from today on, the nearest date first."""
        today = clinic_day()
        return sorted((c.value for c in self.hours_exceptions if c.value["date"] >= today), key=lambda value: value["date"])
