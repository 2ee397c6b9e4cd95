"""Reading the renditions of many images in one query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects


def prefetch_renditions(images: Iterable[Any]) -> None:
    """Read all renditions of all these images at once, so that a list of any length costs one query."""
    present = [image for image in images if image is not None]
    if present:
        prefetch_related_objects(present, "renditions")
