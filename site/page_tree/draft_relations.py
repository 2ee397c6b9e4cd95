"""Relations of a page, which may be a draft."""

from django.db.models import Model, QuerySet
from wagtail.models import Page


def related_ids(page: Page, relation: str) -> QuerySet[Model] | list[int]:
    """Ids of the pages in a many-to-many relation, for an `__in` lookup.

    A draft has its choices in memory. For a live page this is a subquery, so that no extra query runs.
    """
    draft_choices = getattr(page, "_cluster_related_objects", {}).get(relation)
    return [choice.pk for choice in draft_choices] if draft_choices is not None else getattr(page, relation).values("pk")
