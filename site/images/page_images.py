"""The images on a page, and the reasons why some must not be shown there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from common.types import SpecificPage

if TYPE_CHECKING:
    from images.models.site_image import SiteImage


def images_on(page: SpecificPage) -> "list[SiteImage]":
    """The images that a page, as it is in memory, refers to: in fields, child objects, StreamFields and rich text.

    Extracted from the page itself, because the reference index does not have unsaved changes.
    """
    model = get_image_model()
    image_ids = {
        int(object_id)
        for content_type_id, object_id, _path, _where in ReferenceIndex._extract_references_from_object(page)
        if content_type_id == ReferenceIndex._get_base_content_type(model).pk
    }
    return list(model._default_manager.filter(pk__in=image_ids).select_related("consent")) if image_ids else []


def image_blockers(page: SpecificPage) -> Iterator[str]:
    """The reasons, as messages for staff, why a page must not show its images."""
    for image in images_on(page):
        if image.shows != "patient":
            continue
        if not getattr(page, "may_show_patients", False):
            yield (
                _("“%s” shows a patient. Photos of patients stand only on result pages, where their consent is looked after.") % image.title
            )
        elif image.consent is None:
            yield _("“%s” shows a patient and has no consent. Record the consent and choose it on the image.") % image.title
        elif not image.consent.holds:
            yield _("The consent %(code)s for “%(title)s” does not hold: %(state)s.") % {
                "code": image.consent.code, "title": image.title, "state": str(image.consent.state).lower(),
            }  # fmt: skip
