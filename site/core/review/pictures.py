"""Pictures on pages: which may be shown, and which may not be changed or deleted behind a clinician's back."""

from collections.abc import Iterator
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from core.review.kept import live_pages_with, titles_of
from core.review.obstacles import ReviewProblem


def pictures_on(page: Any) -> list[Any]:
    """The library's pictures that a page, as it is in memory, refers to: in fields, rows, bodies and running text.

    Taken from the page itself: the reference index knows only what is live already.
    """
    model = get_image_model()
    found = {
        int(object_id)
        for content_type_id, object_id, _path, _where in ReferenceIndex._extract_references_from_object(page)
        if content_type_id == ReferenceIndex._get_base_content_type(model).pk
    }
    return list(model._default_manager.filter(pk__in=found).select_related("consent")) if found else []


def picture_obstacles(page: Any) -> Iterator[str]:
    """Why a page may not show the pictures on it."""
    for picture in pictures_on(page):
        if picture.shows != "patient":
            continue
        if not getattr(page, "may_show_patients", False):
            yield (
                _("“%s” shows a patient. Photos of patients stand only on result pages, where their consent is looked after.")
                % picture.title
            )
        elif picture.consent is None:
            yield _("“%s” shows a patient and has no consent. Record the consent and choose it on the picture.") % picture.title
        elif not picture.consent.holds:
            yield _("The consent %(code)s for “%(title)s” does not hold: %(state)s.") % {
                "code": picture.consent.code, "title": picture.title, "state": str(picture.consent.state).lower(),
            }  # fmt: skip


@receiver(pre_delete)
def keep_approved_when_many_are_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Deleting many at once asks the pictures no question of their own."""
    if sender is get_image_model():
        keep_approved(instance)


def keep_approved(picture: Any) -> None:
    """A picture is not deleted from under a live medical page. Raises `ReviewProblem`."""
    if pages := live_pages_with(picture):
        text = _("This picture stands on %s, which a clinician approved with it. Take it from the page first.")
        raise ReviewProblem([text % titles_of(pages)])
