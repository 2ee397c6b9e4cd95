"""Relations of a page that may be a draft."""

from typing import Any

from wagtail.models import Page


def related_ids(page: Page, relation: str) -> Any:
    """Ids of the pages a many-to-many relation names, for an `__in` lookup.

    A draft keeps its choices in memory; a live page's are left to the database, as a part of the query that uses them.
    """
    chosen = getattr(page, "_cluster_related_objects", {}).get(relation)
    return [other.pk for other in chosen] if chosen is not None else getattr(page, relation).values("pk")
