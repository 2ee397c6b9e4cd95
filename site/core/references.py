"""References by id, read once for all pages of a response."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

from page_cache.memo import cached_per_version
from page_tree.linked_pages import in_read_scope

#: Always `Reference`. Callers pass it in, since that model's module is loaded after the blocks that need this one.
ReferenceModel = TypeVar("ReferenceModel", bound=Model)


@cached_per_version
def every_reference(model: type[ReferenceModel]) -> dict[int, ReferenceModel]:
    """Every reference of the clinic by its id: a few hundred at most, and each page cites some."""
    return dict(model._default_manager.in_bulk())


def references_by_id(model: type[ReferenceModel], ids: Iterable[int]) -> dict[int, ReferenceModel]:
    """The references of these ids. Unknown ids are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    if not in_read_scope():
        return dict(model._default_manager.in_bulk(wanted))
    references = every_reference(model)
    return {pk: references[pk] for pk in wanted if pk in references}
