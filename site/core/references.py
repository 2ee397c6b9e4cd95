"""References by id, fetched once for each version of the site."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

from page_cache.memo import cached_per_version
from page_tree.linked_pages import in_read_scope

#: Always `Reference`. Callers pass it as an argument, because that model is loaded after the blocks that import this module.
ReferenceModel = TypeVar("ReferenceModel", bound=Model)


@cached_per_version
def every_reference(model: type[ReferenceModel]) -> dict[int, ReferenceModel]:
    """All references by id. There are a few hundred at most, and most pages cite some, so one query for all is cheapest."""
    return dict(model._default_manager.in_bulk())


def references_by_id(model: type[ReferenceModel], ids: Iterable[int]) -> dict[int, ReferenceModel]:
    """The references with these ids. Unknown ids are left out."""
    wanted_ids = list(ids)
    if not wanted_ids:
        return {}
    if not in_read_scope():
        return dict(model._default_manager.in_bulk(wanted_ids))
    references = every_reference(model)
    return {pk: references[pk] for pk in wanted_ids if pk in references}
