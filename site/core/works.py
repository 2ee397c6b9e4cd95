"""The works that pages rest on, read once for all pages."""

from collections.abc import Iterable
from typing import Any

from core.page_store import is_reading
from core.site_version import kept


@kept
def whole_list() -> dict[int, Any]:
    """Every reference of the clinic by its id: a few hundred at most, and each page cites some."""
    from core.models.references import Reference

    return Reference.objects.in_bulk()


def references_by_id(ids: Iterable[int]) -> dict[int, Any]:
    """The references of these ids. An id without one is left out."""
    from core.models.references import Reference

    wanted = list(ids)
    if not wanted:
        return {}
    if not is_reading():
        return Reference.objects.in_bulk(wanted)
    known = whole_list()
    return {pk: known[pk] for pk in wanted if pk in known}
