"""Every size and format of a picture that pages ask for, made before the first reader comes."""

import logging
from itertools import product
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from core.models.images import Shows, SiteImage

logger = logging.getLogger(__name__)

FORMATS = ("avif", "webp", "jpeg")
#: As templates ask for them, by shape.
SHAPES = {
    "portrait": ("fill-320x400", "fill-480x600"),
    "wide": ("fill-480x300", "fill-960x600"),
    "case": ("fill-400x300", "fill-800x600"),
    "free": ("width-480", "width-960", "width-1440"),
}
#: Cuts of a drawing in vectors, which stays one.
DRAWN = ("fill-480x600", "fill-960x600", "fill-480x360", "fill-800x600", "width-1200")
#: For other sites, where a page is shared.
SHARED = "fill-1200x630|format-jpeg"


def specs(is_drawing: bool = False) -> list[str]:
    """All that a page may ask of a photo, or of a drawing in vectors."""
    if is_drawing:
        return [f"{size}|preserve-svg" for size in DRAWN]
    sizes = [size for shape in SHAPES.values() for size in shape]
    return [f"format-{image_format}|{size}" for image_format, size in product(FORMATS, sizes)] + [SHARED]


def make_sizes(picture: SiteImage) -> None:
    """Make what is missing. A file that cannot be read is left to the library's own message."""
    try:
        picture.get_renditions(*specs(is_drawing=picture.is_svg()))
    except (OSError, ValueError):
        logger.exception("the sizes of a picture could not be made")
    SiteImage.objects.filter(pk=picture.pk).update(has_sizes=True)


def make_waiting(most: int = 3) -> int:
    """Make the sizes of pictures that are new or were changed; returns how many pictures that were.

    A patient's photo waits until it is published: until then nobody needs copies of it.
    """
    waiting = list(SiteImage.objects.filter(has_sizes=False).exclude(shows=Shows.PATIENT).order_by("pk")[:most])
    for picture in waiting:
        make_sizes(picture)
    return len(waiting)


@receiver(post_save, sender=SiteImage)
def remember_change(instance: SiteImage, raw: bool = False, **kwargs: Any) -> None:
    """Another file or focal point: its sizes are made anew."""
    if not raw:
        SiteImage.objects.filter(pk=instance.pk).update(has_sizes=False)


@receiver(page_published)
def make_sizes_on_page(instance: Any, **kwargs: Any) -> None:
    """Whatever the worker has not made yet, before anybody can open the page."""
    from core.review.pictures import pictures_on

    for picture in pictures_on(instance.specific):
        if not picture.has_sizes:
            make_sizes(picture)
