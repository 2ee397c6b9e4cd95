"""What readers may find without being asked for a password: published, and not below a private page."""

from typing import Any

from wagtail.models import PageViewRestriction

from page_cache.memo import cached_per_version


@cached_per_version
def private_paths() -> list[str]:
    """Tree paths of all pages that staff made private."""
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


def published(pages: Any, through: str = "") -> Any:
    """The live, public pages of a queryset; `through` is a relation's prefix, such as `treatment__`."""
    visible = pages.filter(**{f"{through}live": True})
    for path in private_paths():
        visible = visible.exclude(**{f"{through}path__startswith": path})
    return visible
