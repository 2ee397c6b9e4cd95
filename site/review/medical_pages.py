"""All types of medical pages, and a check of live pages against their approvals."""

from collections.abc import Iterable

from common.types import SpecificPage
from review.content_hash import content_hash
from review.models.pages import MedicalMixin


def medical_models() -> list[type[SpecificPage]]:
    """Every concrete model with `MedicalMixin`."""

    def concrete(model: type[SpecificPage]) -> list[type[SpecificPage]]:
        itself = [] if model._meta.abstract else [model]
        return [*itself, *(descendant for child in model.__subclasses__() for descendant in concrete(child))]

    return concrete(MedicalMixin)


def pages_without_approval(models: Iterable[type[SpecificPage]] | None = None) -> list[SpecificPage]:
    """Live pages whose saved content has no approval. `models` are the page types to check, by default all medical ones.

    Such a page exists only where the database was changed without this site's code.
    """
    unapproved = []
    for model in medical_models() if models is None else models:
        for page in model._default_manager.filter(live=True).select_related("approval").iterator():
            approval = page.approval
            if approval is None or approval.content_hash != content_hash(page):
                unapproved.append(page)
    return unapproved
