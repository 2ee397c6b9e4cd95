"""Moving sealed photos out of the folder that public processes write, into one that only the staff side can change."""

import logging
import re
from collections.abc import Iterator
from itertools import islice

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage

from consultations.models.request import SealedPhoto, sealed_storage
from sealing.uploads import UploadStorage

logger = logging.getLogger(__name__)

BATCH_SIZE = 500
#: Year, month, request.
MAX_DEPTH = 3
#: As `submit` names the files. Whatever else lies in the folder is no photo.
NAME = re.compile(r"^\d{4}/\d{2}/[0-9a-f]{32}/[0-9a-f]{32}\.sealed$")


def collect_uploads() -> int:
    """Move the files of stored photos, and return how many were moved. Files without a row are left to the daily purge."""
    storage = sealed_storage()
    if not isinstance(storage, UploadStorage):
        # A bucket has no folder that another process could write into with rights of its own.
        return 0
    names = filter(NAME.match, files_in(storage.incoming, ""))
    collected = 0
    while batch := list(islice(names, BATCH_SIZE)):
        for name in SealedPhoto.objects.filter(file__in=batch).values_list("file", flat=True):
            try:
                collected += storage.collect(name)
            except Exception:
                # Whatever somebody put there must not keep the others waiting.
                logger.exception("a sealed photo could not be collected; it is tried again")
    return collected


def files_in(storage: Storage, folder: str, depth: int = 0) -> Iterator[str]:
    """The names of all files of a storage below a folder, as deep as the site stores them."""
    try:
        folders, names = storage.listdir(folder)
    except (OSError, SuspiciousFileOperation):
        # Gone in the meantime, closed, or a link, which is not followed.
        return
    for name in names:
        # A database cannot even be asked for a name that is no text.
        yield f"{folder}/{name}".lstrip("/").encode(errors="backslashreplace").decode()
    for name in folders if depth < MAX_DEPTH else ():
        yield from files_in(storage, f"{folder}/{name}".lstrip("/"), depth + 1)
