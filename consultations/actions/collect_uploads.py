"""Moving sealed photos out of the folder that public processes write, into one that only the staff side can change."""

import logging
from collections.abc import Iterator

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage

from consultations.models.request import SealedPhoto, sealed_storage
from sealing.uploads import UploadStorage

logger = logging.getLogger(__name__)

MAX_FILES = 500
#: Year, month, request.
MAX_DEPTH = 3


def collect_uploads() -> int:
    """Move the files of stored photos, and return how many were moved. Files without a row are left to the daily purge."""
    storage = sealed_storage()
    if not isinstance(storage, UploadStorage):
        # A bucket has no folder that another process could write into with rights of its own.
        return 0
    names = [name for name, _index in zip(files_in(storage.incoming, ""), range(MAX_FILES), strict=False)]
    collected = 0
    for name in SealedPhoto.objects.filter(file__in=names).values_list("file", flat=True):
        try:
            collected += storage.collect(name)
        except (OSError, SuspiciousFileOperation):
            # One file that cannot be moved must not keep the others waiting.
            logger.warning("a sealed photo could not be collected; it is tried again")
    return collected


def files_in(storage: Storage, folder: str, depth: int = 0) -> Iterator[str]:
    """The names of all files of a storage below a folder, as deep as the site stores them."""
    try:
        folders, names = storage.listdir(folder)
    except (OSError, SuspiciousFileOperation):
        # Gone in the meantime, closed, or a link, which is not followed.
        return
    for name in names:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders if depth < MAX_DEPTH else ():
        yield from files_in(storage, f"{folder}/{name}".lstrip("/"), depth + 1)
