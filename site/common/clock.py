"""The clinic's own clock: days are the clinic's, wherever a reader or a member of staff is."""

import datetime as dt

from django.utils import timezone


def clinic_day(moment: dt.datetime | None = None) -> dt.date:
    """The clinic's date at a moment, by default now. Staff may have chosen another time zone for themselves, which does not matter here."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def clinic_iso(moment: dt.datetime | dt.date | None) -> str | None:
    """A moment with the clinic's offset, such as “2026-11-28T21:30:00-05:00”, as search engines read dates. A date is its midnight."""
    if moment is None:
        return None
    zone = timezone.get_default_timezone()
    if isinstance(moment, dt.datetime):
        return timezone.localtime(moment, zone).isoformat(timespec="seconds")
    return dt.datetime.combine(moment, dt.time(), zone).isoformat(timespec="seconds")


def current_hour() -> dt.datetime:
    """The beginning of this hour."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)
