"""All types of medical pages, and a check of live pages against their approvals."""

from collections.abc import Iterable

from common.types import SpecificPage
from images.page_images import files_on
from images.stored_files import changed_files
from review.approval_seal import is_sealed
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
            if approval is None or approval.content_hash != content_hash(page) or not is_sealed(approval):
                unapproved.append(page)
    return unapproved


def files_changed_in_storage() -> list[str]:
    """The names of files of live medical pages whose bytes in the storage are not the approved ones."""
    originals = {}
    for model in medical_models():
        for page in model._default_manager.filter(live=True).iterator():
            for files in files_on(page):
                originals.update({(type(file), file.pk): file for file in files})
    return list(changed_files(originals.values()))
