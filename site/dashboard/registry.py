"""What is due: sections of things to look at again, and who looks after them. Apps add sections by a Wagtail hook."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from wagtail import hooks

from accounts.roles import Role
from review.models.policy import ReviewPolicy

#: Apps say by this hook what they watch: `hook(window) -> Iterable[DueSection]`.
DUE_SECTIONS_HOOK = "register_due_sections"
#: More than anybody works through in a week; the number of all is shown as well.
MAX_ITEMS = 50


@dataclass(frozen=True)
class DueItem:
    """One thing to look at."""

    title: str
    detail: str
    url: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class DueSection:
    """Things of one kind, and the roles that look after them."""

    key: str
    title: Any
    roles: tuple[Role, ...]
    items: list[DueItem] = field(default_factory=list)
    count: int = 0

    @property
    def late(self) -> int:
        """How many of those shown are overdue."""
        return sum(item.is_late for item in self.items)


@dataclass(frozen=True)
class DueWindow:
    """Today, and the last day that is announced by now."""

    today: dt.date
    horizon: dt.date

    @classmethod
    def now(cls) -> "DueWindow":
        """By the clinic's calendar and its policy."""
        today = timezone.localdate()
        return cls(today, today + dt.timedelta(days=ReviewPolicy.load().warn_before_days))

    def is_late(self, day: dt.date | None) -> bool:
        """Whether a day is past."""
        return day is not None and day < self.today


def short_day(day: dt.date | None) -> str:
    """A day as staff read it in lists."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def due_sections() -> list[DueSection]:
    """Everything that is due or will be soon, of every app, empty sections included. A fixed number of queries."""
    window = DueWindow.now()
    return [section for hook in hooks.get_hooks(DUE_SECTIONS_HOOK) for section in hook(window)]


def section_from_queryset(key: str, title: Any, roles: tuple[Role, ...], queryset: Any, describe: Callable[[Any], DueItem]) -> DueSection:
    """A section from a queryset in the order of urgency: one query for its number, one for what is shown."""
    count = queryset.count()
    rows: Iterable[Any] = queryset[:MAX_ITEMS] if count else ()
    return DueSection(key, title, roles, [describe(row) for row in rows], count)
