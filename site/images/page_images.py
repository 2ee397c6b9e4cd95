"""The images on a page, and the reasons why some must not be shown there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from common.types import SpecificPage

if TYPE_CHECKING:
    from images.models.site_image import SiteImage


def references_on(page: SpecificPage) -> set[tuple[int, str]]:
    """What a page, as it is in memory, refers to in fields, child objects, StreamFields and rich text: content type and primary key.

    Extracted from the page itself, because the reference index does not have unsaved changes.
    """
    references = ReferenceIndex._extract_references_from_object(page)
    return {(content_type_id, object_id) for content_type_id, object_id, _path, _where in references}


def of_model(model: type[Model], references: set[tuple[int, str]]) -> QuerySet:
    """The objects of one model among such references."""
    content_type_id = ReferenceIndex._get_base_content_type(model).pk
    ids = [int(object_id) for type_id, object_id in references if type_id == content_type_id]
    return model._default_manager.filter(pk__in=ids) if ids else model._default_manager.none()


def images_on(page: SpecificPage) -> "list[SiteImage]":
    """The images that a page, as it is in memory, refers to."""
    return list(of_model(get_image_model(), references_on(page)).select_related("consent"))


def files_on(page: SpecificPage) -> "tuple[list[SiteImage], list[AbstractDocument]]":
    """The images and the documents that a page, as it is in memory, refers to."""
    references = references_on(page)
    images, documents = of_model(get_image_model(), references), of_model(get_document_model(), references)
    return list(images.select_related("consent")), list(documents)


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
