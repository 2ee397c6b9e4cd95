"""Whether the clinic is open at a moment, and when that changes."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from common.clock import clinic_day
from core.blocks.clinic import is_next_day
from core.models.clinic import ClinicDetails

#: Days that are searched for the next opening. A clinic that is closed for longer says so in its notice.
MAX_DAYS = 21


@dataclass(frozen=True)
class OpeningState:
    """Open or closed, and until when. `until` is None where no change is known."""

    is_open: bool
    until: dt.datetime | None

    @property
    def opens_soon(self) -> bool:
        """Whether it opens again within two days, so that the day of the week says enough."""
        return self.until is not None and self.until - timezone.now() < dt.timedelta(days=2)


def spans_of(clinic: ClinicDetails, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """When the clinic is open on one date, from the exceptions or else from the weekly hours."""
    zone = timezone.get_default_timezone()
    exceptions = [child.value for child in clinic.hours_exceptions if child.value["date"] == day]
    if exceptions:
        times = [(value["opens"], value["closes"]) for value in exceptions if not value["closed"]]
    else:
        hours = (child.value for child in clinic.opening_hours)
        times = [(value["opens"], value["closes"]) for value in hours if int(value["day"]) == day.weekday()]
    return sorted(
        (dt.datetime.combine(day, opens, zone), dt.datetime.combine(day + dt.timedelta(days=is_next_day(opens, closes)), closes, zone))
        for opens, closes in times
    )


def answer_by(clinic: ClinicDetails, received: dt.datetime) -> dt.date | None:
    """The day by which the clinic answers what it received: so many days on which it is open later. None where it names none."""
    if not clinic.reply_days or not clinic.opening_hours:
        return None
    today = clinic_day(received)
    open_days = [day for day in (today + dt.timedelta(days=days) for days in range(1, MAX_DAYS + 1)) if spans_of(clinic, day)]
    return open_days[clinic.reply_days - 1] if len(open_days) >= clinic.reply_days else None


def opening_state(clinic: ClinicDetails, now: dt.datetime | None = None) -> OpeningState | None:
    """The state now, in the clinic's time zone. None where no hours are known, so that nothing is claimed."""
    if not clinic.opening_hours:
        return None
    now = now or timezone.now()
    today = clinic_day(now)
    # Yesterday's hours may last past midnight.
    spans = [span for days in range(-1, MAX_DAYS) for span in spans_of(clinic, today + dt.timedelta(days=days))]
    for opens, closes in _joined(spans):
        if opens <= now < closes:
            return OpeningState(is_open=True, until=closes)
        if now < opens:
            return OpeningState(is_open=False, until=opens)
    return OpeningState(is_open=False, until=None)


def _joined(spans: list[tuple[dt.datetime, dt.datetime]]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Spans in their order, with those that meet, as at midnight, as one."""
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined
