"""Fetching the renditions of many images in one query."""

from collections.abc import Iterable

from django.db.models import Model, prefetch_related_objects


def prefetch_renditions(images: Iterable[Model | None]) -> None:
    """Fetch all renditions of these images in one query, however many images there are."""
    existing = [image for image in images if image is not None]
    if existing:
        prefetch_related_objects(existing, "renditions")
