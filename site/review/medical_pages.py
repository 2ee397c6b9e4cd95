"""All types of medical pages, and what readers see of them against what was approved."""

from collections.abc import Iterable
from typing import Any

from review.content_hash import content_hash
from review.models.pages import MedicalMixin


def medical_models() -> list[type[Any]]:
    """Every type of medical page."""

    def concrete(model: Any) -> list[Any]:
        own = [] if model._meta.abstract else [model]
        return [*own, *(descendant for child in model.__subclasses__() for descendant in concrete(child))]

    return concrete(MedicalMixin)


def pages_without_approval(models: Iterable[type[Any]] | None = None) -> list[Any]:
    """Live pages, of these types or of every medical one, whose stored content nobody approved.

    Only a way around this site's own code leads there.
    """
    unapproved = []
    for model in medical_models() if models is None else models:
        for page in model._default_manager.filter(live=True).select_related("approval").iterator():
            approval = page.approval
            if approval is None or approval.content_hash != content_hash(page):
                unapproved.append(page)
    return unapproved
