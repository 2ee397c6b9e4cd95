"""Every rendition of an image that pages ask for, generated before the first reader comes."""

import logging
from itertools import product
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from images.models.site_image import Shows, SiteImage
from images.on_pages import images_on

logger = logging.getLogger(__name__)

FORMATS = ("avif", "webp", "jpeg")
#: As templates ask for them, by shape.
SHAPES = {
    "portrait": ("fill-320x400", "fill-480x600"),
    "wide": ("fill-480x300", "fill-960x600"),
    "case": ("fill-400x300", "fill-800x600"),
    "free": ("width-480", "width-960", "width-1440"),
}
#: Crops of a drawing, which stays an SVG file.
DRAWING_SIZES = ("fill-480x600", "fill-960x600", "fill-480x360", "fill-800x600", "width-1200")
#: For other sites, where a page is shared.
SHARE_SPEC = "fill-1200x630|format-jpeg"


def rendition_specs(is_drawing: bool = False) -> list[str]:
    """Every filter spec that pages use for a photo, or for a drawing in vectors."""
    if is_drawing:
        return [f"{size}|preserve-svg" for size in DRAWING_SIZES]
    sizes = [size for shape in SHAPES.values() for size in shape]
    return [f"format-{image_format}|{size}" for image_format, size in product(FORMATS, sizes)] + [SHARE_SPEC]


def generate_renditions(image: SiteImage) -> None:
    """Generate what is missing. A file that cannot be read is logged, and shown as broken in the library."""
    try:
        image.get_renditions(*rendition_specs(is_drawing=image.is_svg()))
    except (OSError, ValueError):
        logger.exception("the renditions of an image could not be generated")
    SiteImage.objects.filter(pk=image.pk).update(has_sizes=True)


def generate_pending(limit: int = 3) -> int:
    """Generate the renditions of images that are new or were changed; returns how many images that were.

    A patient's photo waits until it is published: until then nobody needs copies of it.
    """
    pending = list(SiteImage.objects.filter(has_sizes=False).exclude(shows=Shows.PATIENT).order_by("pk")[:limit])
    for image in pending:
        generate_renditions(image)
    return len(pending)


@receiver(post_save, sender=SiteImage)
def mark_as_changed(instance: SiteImage, raw: bool = False, **kwargs: Any) -> None:
    """Another file or focal point: the renditions are generated again."""
    if not raw:
        SiteImage.objects.filter(pk=instance.pk).update(has_sizes=False)


@receiver(page_published)
def generate_on_publishing(instance: Any, **kwargs: Any) -> None:
    """Generate what the worker has not yet, before anybody can open the page."""
    for image in images_on(instance.specific):
        if not image.has_sizes:
            generate_renditions(image)
