"""Pages that a page links to, read once for the whole response instead of once for each link."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from core import site_version

RICH_TEXT_LINK = re.compile(r'linktype="page"[^>]*? id="(\d+)"|id="(\d+)"[^>]*? linktype="page"')

_store: ContextVar[dict[int, Page | None] | None] = ContextVar("pages read for this response", default=None)


_answers: ContextVar[dict[str, Any] | None] = ContextVar("answers read for this response", default=None)
_announced: ContextVar[list[Any] | None] = ContextVar("objects whose links may be read for this response", default=None)


def is_reading() -> bool:
    """Whether a whole response is being read, so that something can be done once in it."""
    return _answers.get() is not None


def once_per_response(name: str, read: Callable[[], Any]) -> Any:
    """What `read` gives, asked for once within `reading()` and every time outside it."""
    answers = _answers.get()
    if answers is None:
        return read()
    if name not in answers:
        answers[name] = read()
    return answers[name]


@contextmanager
def reading() -> Iterator[None]:
    """Within it, every page is read from the database at most once, and all that is kept is of one version of the site."""
    pages, answers, announced = _store.set({}), _answers.set({}), _announced.set([])
    try:
        with site_version.held_for_response():
            yield
    finally:
        _store.reset(pages)
        _answers.reset(answers)
        _announced.reset(announced)


def pages_by_id(ids: Iterable[int]) -> dict[int, Page]:
    """The pages of these ids, as plain `Page` objects, read with all that were announced. An id without a page is left out."""
    store, announced = _store.get(), _announced.get()
    if store is None or announced is None:
        return dict(Page.objects.in_bulk(list(ids)))
    wanted = set(ids)
    if wanted - store.keys():
        missing = wanted.union(*map(links_of, announced)) - store.keys()
        announced.clear()
        found = Page.objects.in_bulk(missing)
        store.update({pk: found.get(pk) for pk in missing})
    return {pk: page for pk in wanted if (page := store[pk]) is not None}


def linked_ids(value: Any) -> Iterator[int]:
    """Ids of pages in a raw value of a StreamField, or in rich text as it is stored."""
    if isinstance(value, str):
        if 'linktype="page"' in value:
            for first, second in RICH_TEXT_LINK.findall(value):
                yield int(first or second)
    elif isinstance(value, dict):
        for name, child in value.items():
            if name == "page" and isinstance(child, int):
                yield child
            else:
                yield from linked_ids(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from linked_ids(child)


def links_of(instance: Any) -> set[int]:
    """Ids of every page that an object's text fields link to."""
    ids: set[int] = set()
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            ids.update(linked_ids(list(getattr(instance, field.name).raw_data)))
        elif isinstance(field, RichTextField):
            value = getattr(instance, field.name)
            ids.update(linked_ids(value.source if isinstance(value, RichText) else value))
    return ids


def announce(*instances: Any) -> None:
    """Objects that are about to be shown: the first of their links that is needed reads the pages behind all of them."""
    announced = _announced.get()
    if announced is not None:
        announced.extend(instances)
