"""What has to be looked at again, and by whom. Every app says in its own `due.py` what it watches."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format

from core.models import ReviewPolicy
from core.roles import Role

#: More than anybody works through in a week; the number of all is shown as well.
MOST_SHOWN = 50


@dataclass(frozen=True)
class Item:
    """One thing to look at."""

    title: str
    detail: str
    url: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Section:
    """Things of one kind, and the roles that look after them."""

    key: str
    title: Any
    roles: tuple[Role, ...]
    items: list[Item] = field(default_factory=list)
    count: int = 0

    @property
    def late(self) -> int:
        """How many of those shown are overdue."""
        return sum(item.is_late for item in self.items)


@dataclass(frozen=True)
class Clock:
    """Today, and the last day that is announced by now."""

    today: dt.date
    horizon: dt.date

    @classmethod
    def now(cls) -> "Clock":
        """By the clinic's calendar and its policy."""
        today = timezone.localdate()
        return cls(today, today + dt.timedelta(days=ReviewPolicy.load().warn_before_days))

    def is_late(self, day: dt.date | None) -> bool:
        """Whether a day is past."""
        return day is not None and day < self.today


def short_day(day: dt.date | None) -> str:
    """A day as staff read it in lists."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def sections() -> list[Section]:
    """Everything that is due or will be soon, of every app, the empty sections included. A fixed number of queries."""
    clock = Clock.now()
    found: list[Section] = []
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.due"):
            found += import_module(f"{app.name}.due").sections(clock)
    return found


def section_of(key: str, title: Any, roles: tuple[Role, ...], queryset: Any, describe: Any) -> Section:
    """A section from a queryset in the order of urgency: one query for its number, one for what is shown."""
    count = queryset.count()
    rows: Iterable[Any] = queryset[:MOST_SHOWN] if count else ()
    return Section(key, title, roles, [describe(row) for row in rows], count)
