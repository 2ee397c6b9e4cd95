"""Which pages readers can see without a password: live ones that are not below a private page."""

from typing import TypeVar

from django.db.models import QuerySet
from wagtail.models import PageViewRestriction

from page_cache.memo import cached_per_version

Pages = TypeVar("Pages", bound=QuerySet)


@cached_per_version
def private_paths() -> list[str]:
    """Tree paths of all pages that staff made private."""
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


def published(pages: Pages, through: str = "") -> Pages:
    """The live, public pages of a queryset. `through` is the lookup prefix of a relation, such as `treatment__`."""
    visible = pages.filter(**{f"{through}live": True})
    for path in private_paths():
        visible = visible.exclude(**{f"{through}path__startswith": path})
    return visible
