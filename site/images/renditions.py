"""Generates all renditions that pages use before a reader requests them."""

import logging
from itertools import product

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from common.types import Extra
from images.models.site_image import Shows, SiteImage
from images.page_images import images_on

logger = logging.getLogger(__name__)

FORMATS = ("avif", "webp", "jpeg")
#: Filter specs that templates use for photos, by shape.
SHAPES = {
    "portrait": ("fill-320x400", "fill-480x600"),
    "wide": ("fill-480x300", "fill-960x600"),
    "case": ("fill-400x300", "fill-800x600"),
    "free": ("width-480", "width-960", "width-1440"),
}
#: Filter specs that templates use for drawings, which stay SVG files.
DRAWING_CROPS = ("fill-480x600", "fill-960x600", "fill-480x360", "fill-800x600", "width-1200")
#: The rendition that other sites show when a page is shared.
SHARE_SPEC = "fill-1200x630|format-jpeg"


def rendition_specs(is_drawing: bool = False) -> list[str]:
    """Every filter spec that pages use for a photo, or for an SVG drawing."""
    if is_drawing:
        return [f"{crop}|preserve-svg" for crop in DRAWING_CROPS]
    crops = [crop for shape in SHAPES.values() for crop in shape]
    return [f"format-{image_format}|{crop}" for image_format, crop in product(FORMATS, crops)] + [SHARE_SPEC]


def generate_renditions(image: SiteImage) -> None:
    """Generate the missing renditions of an image. A file that cannot be read is logged; the library shows it as broken."""
    try:
        image.get_renditions(*rendition_specs(is_drawing=image.is_svg()))
    except Exception:
        logger.exception("the renditions of an image could not be generated")
    SiteImage.objects.filter(pk=image.pk).update(has_sizes=True)


def generate_pending(limit: int = 3) -> int:
    """Generate the renditions of at most `limit` new or changed images. Returns the number of images.

    Photos of patients are left out until a page with them is published, so that no copies exist before they are needed.
    """
    pending = list(SiteImage.objects.filter(has_sizes=False).exclude(shows=Shows.PATIENT).order_by("pk")[:limit])
    for image in pending:
        generate_renditions(image)
    return len(pending)


@receiver(post_save, sender=SiteImage)
def mark_as_changed(instance: SiteImage, raw: bool = False, **kwargs: Extra) -> None:
    """Generate the renditions of a saved image again, because its file or focal point may have changed."""
    if not raw:
        SiteImage.objects.filter(pk=instance.pk).update(has_sizes=False)


@receiver(page_published)
def generate_on_publishing(instance: Page, **kwargs: Extra) -> None:
    """Generate the renditions that are still pending, before readers can open the page."""
    for image in images_on(instance.specific):
        if not image.has_sizes:
            generate_renditions(image)
