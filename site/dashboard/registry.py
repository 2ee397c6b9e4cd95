"""The sections of “What is due”, and the roles that are responsible for them. Apps add sections with a Wagtail hook."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from wagtail import hooks

from accounts.roles import Role
from common.clock import clinic_day
from review.models.policy import ReviewPolicy

#: Hook with which apps add sections: `hook(window) -> Iterable[DueSection]`.
DUE_SECTIONS_HOOK = "register_due_sections"
#: The most items that a section lists: more than staff can handle in a week. The total count is shown too.
MAX_ITEMS = 50

DueModel = TypeVar("DueModel", bound=Model)


@dataclass(frozen=True)
class DueItem:
    """One item to check, such as a page or a reference."""

    title: str
    detail: str
    url: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class DueSection:
    """Items of one kind, and the roles that are responsible for them. `count` is the total; `items` has at most `MAX_ITEMS`."""

    key: str
    title: str | Promise
    roles: tuple[Role, ...]
    items: list[DueItem] = field(default_factory=list)
    count: int = 0

    @property
    def late(self) -> int:
        """The number of overdue items among those listed."""
        return sum(item.is_late for item in self.items)


@dataclass(frozen=True)
class DueWindow:
    """Today, and the last day whose due items are already listed."""

    today: dt.date
    horizon: dt.date

    @classmethod
    def now(cls) -> "DueWindow":
        """The window of today, in the clinic's time zone and by its review policy."""
        today = clinic_day()
        return cls(today, today + dt.timedelta(days=ReviewPolicy.load().warn_before_days))

    def is_late(self, day: dt.date | None) -> bool:
        """Whether a day is in the past. False for None."""
        return day is not None and day < self.today


def short_day(day: dt.date | None) -> str:
    """A date for lists; a dash for None."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def due_sections() -> list[DueSection]:
    """The sections of all apps, empty ones included. The number of queries does not depend on the number of items."""
    window = DueWindow.now()
    return [section for hook in hooks.get_hooks(DUE_SECTIONS_HOOK) for section in hook(window)]


def section_from_queryset(
    key: str, title: str | Promise, roles: tuple[Role, ...], queryset: QuerySet[DueModel], describe: Callable[[DueModel], DueItem]
) -> DueSection:
    """A section from a queryset, most urgent first. One query for the count, and one for the listed items."""
    count = queryset.count()
    rows: Iterable[DueModel] = queryset[:MAX_ITEMS] if count else ()
    return DueSection(key, title, roles, [describe(row) for row in rows], count)
