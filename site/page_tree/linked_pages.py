"""Batched reading: the pages that a page links to, read in one query for a whole response instead of one for each link."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from page_cache.memo import pinned_version

RICH_TEXT_LINK = re.compile(r'linktype="page"[^>]*? id="(\d+)"|id="(\d+)"[^>]*? linktype="page"')

Result = TypeVar("Result")

_pages: ContextVar[dict[int, Page | None] | None] = ContextVar("pages read for this response", default=None)
_results: ContextVar[dict[str, Any] | None] = ContextVar("results computed once for this response", default=None)
_preloaded: ContextVar[list[Any] | None] = ContextVar("objects whose links will be read together", default=None)


def in_read_scope() -> bool:
    """Whether a whole response is being built, so that something can be done once in it."""
    return _results.get() is not None


def once_per_response(name: str, compute: Callable[[], Result]) -> Result:
    """The result of `compute`, called once within `read_scope()` and every time outside it."""
    results = _results.get()
    if results is None:
        return compute()
    if name not in results:
        results[name] = compute()
    result: Result = results[name]
    return result


@contextmanager
def read_scope() -> Iterator[None]:
    """Within it, every page is read from the database at most once, and everything cached is of one version of the site."""
    pages, results, preloaded = _pages.set({}), _results.set({}), _preloaded.set([])
    try:
        with pinned_version():
            yield
    finally:
        _pages.reset(pages)
        _results.reset(results)
        _preloaded.reset(preloaded)


def preload(*instances: Any) -> None:
    """Fetch the linked pages of these objects in one query, when the first is needed."""
    preloaded = _preloaded.get()
    if preloaded is not None:
        preloaded.extend(instances)


def pages_by_id(ids: Iterable[int]) -> dict[int, Page]:
    """The pages of these ids, as plain `Page` objects, read together with those of preloaded objects. Unknown ids are left out."""
    pages, preloaded = _pages.get(), _preloaded.get()
    if pages is None or preloaded is None:
        return dict(Page.objects.in_bulk(list(ids)))
    wanted = set(ids)
    if wanted - pages.keys():
        missing = wanted.union(*map(linked_ids_of, preloaded)) - pages.keys()
        preloaded.clear()
        found = Page.objects.in_bulk(missing)
        pages.update({pk: found.get(pk) for pk in missing})
    return {pk: page for pk in wanted if (page := pages[pk]) is not None}


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


def linked_ids_of(instance: Any) -> set[int]:
    """Ids of every page that an object's text fields link to."""
    ids: set[int] = set()
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            ids.update(linked_ids(list(getattr(instance, field.name).raw_data)))
        elif isinstance(field, RichTextField):
            value = getattr(instance, field.name)
            ids.update(linked_ids(value.source if isinstance(value, RichText) else value))
    return ids
