"""References by id, read once for all pages of a response."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from page_cache.memo import cached_per_version
from page_tree.linked_pages import in_read_scope


def _all() -> Any:
    # Blocks need this module, and the model's own module needs the blocks.
    return apps.get_model("core", "Reference").objects


@cached_per_version
def every_reference() -> dict[int, Any]:
    """Every reference of the clinic by its id: a few hundred at most, and each page cites some."""
    return dict(_all().in_bulk())


def references_by_id(ids: Iterable[int]) -> dict[int, Any]:
    """The references of these ids. Unknown ids are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    if not in_read_scope():
        return dict(_all().in_bulk(wanted))
    references = every_reference()
    return {pk: references[pk] for pk in wanted if pk in references}
