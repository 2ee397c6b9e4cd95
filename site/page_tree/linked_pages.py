"""Batched reading: one query for all pages that a response links to, instead of one query for each link."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from django.db.models import Model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from common.types import JSONValue
from page_cache.memo import pinned_version

RICH_TEXT_LINK = re.compile(r'linktype="page"[^>]*? id="(\d+)"|id="(\d+)"[^>]*? linktype="page"')

Result = TypeVar("Result")

_pages: ContextVar[dict[int, Page | None] | None] = ContextVar("pages read for this response", default=None)
_results: ContextVar[dict[str, object] | None] = ContextVar("results computed once for this response", default=None)
_preloaded: ContextVar[list[Model] | None] = ContextVar("objects whose links will be read in one query", default=None)


def in_read_scope() -> bool:
    """Whether a response is being built, so that work can be done once for the whole response."""
    return _results.get() is not None


def once_per_response(name: str, compute: Callable[[], Result]) -> Result:
    """The result of `compute`, called once within `read_scope()` and every time outside it."""
    results = _results.get()
    if results is None:
        return compute()
    if name not in results:
        results[name] = compute()
    return cast("Result", results[name])


@contextmanager
def read_scope() -> Iterator[None]:
    """Within it, every page is queried at most once, and everything cached belongs to one site version."""
    pages, results, preloaded = _pages.set({}), _results.set({}), _preloaded.set([])
    try:
        with pinned_version():
            yield
    finally:
        _pages.reset(pages)
        _results.reset(results)
        _preloaded.reset(preloaded)


def preload(*instances: Model) -> None:
    """Fetch the linked pages of these objects in one query, when the first is needed."""
    preloaded = _preloaded.get()
    if preloaded is not None:
        preloaded.extend(instances)


def pages_by_id(ids: Iterable[int]) -> dict[int, Page]:
    """The base `Page` objects with these ids, queried together with the links of preloaded objects. Unknown ids are left out."""
    pages, preloaded = _pages.get(), _preloaded.get()
    if pages is None or preloaded is None:
        return dict(Page.objects.in_bulk(list(ids)))
    requested = set(ids)
    if requested - pages.keys():
        missing = requested.union(*map(linked_ids_of, preloaded)) - pages.keys()
        preloaded.clear()
        existing = Page.objects.in_bulk(missing)
        pages.update({pk: existing.get(pk) for pk in missing})
    return {pk: page for pk in requested if (page := pages[pk]) is not None}


def linked_ids(value: JSONValue) -> Iterator[int]:
    """Ids of the pages linked in a raw StreamField value, or in rich text in its database format."""
    if isinstance(value, str):
        if 'linktype="page"' in value:
            # The pattern has one group for each order of the two attributes.
            for id_after_type, id_before_type in RICH_TEXT_LINK.findall(value):
                yield int(id_after_type or id_before_type)
    elif isinstance(value, dict):
        for name, child in value.items():
            if name == "page" and isinstance(child, int):
                yield child
            else:
                yield from linked_ids(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from linked_ids(child)


def linked_ids_of(instance: Model) -> set[int]:
    """Ids of all pages that an object links to in stream and rich-text fields, or chose in a field of its own."""
    ids: set[int] = set()
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            ids.update(linked_ids(list(getattr(instance, field.name).raw_data)))
        elif isinstance(field, RichTextField):
            value = getattr(instance, field.name)
            ids.update(linked_ids(value.source if isinstance(value, RichText) else value))
        elif field.many_to_one and field.related_model is Page and (page_id := getattr(instance, f"{field.name}_id")):
            ids.add(page_id)
    return ids
