"""The images on a page, and why some of them may not be shown there."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex


def images_on(page: Any) -> list[Any]:
    """The library's images that a page, as it is in memory, refers to: in fields, rows, bodies and running text.

    Taken from the page itself: the reference index knows only what is live already.
    """
    model = get_image_model()
    found = {
        int(object_id)
        for content_type_id, object_id, _path, _where in ReferenceIndex._extract_references_from_object(page)
        if content_type_id == ReferenceIndex._get_base_content_type(model).pk
    }
    return list(model._default_manager.filter(pk__in=found).select_related("consent")) if found else []


def image_blockers(page: Any) -> Iterator[str]:
    """Why a page may not show the images on it."""
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
