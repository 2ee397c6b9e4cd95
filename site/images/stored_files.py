"""Whether the files in the storage are the ones that were uploaded, approved and generated: by their hashes."""

from collections.abc import Iterable, Iterator

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike


def hash_of(file: FieldFile) -> str:
    """Wagtail's hash (SHA-1) of the bytes in the storage. Empty where they cannot be read."""
    try:
        with file.storage.open(str(file.name)) as stored:
            return str(hash_filelike(stored))
    except Exception:  # noqa: BLE001
        # Each storage backend raises its own exceptions.
        return ""


def changed_files(originals: Iterable[Model]) -> Iterator[str]:
    """The names of files that differ from what was uploaded: of these images and documents, and of every size made of the images.

    A size that was made before sizes had a hash is noted as it is now.
    """
    for original in originals:
        if hash_of(original.file) != original.file_hash:  # type: ignore[attr-defined]
            yield str(original.file.name)  # type: ignore[attr-defined]
        if not isinstance(original, get_image_model()):
            continue
        for rendition in original.renditions.all():
            found = hash_of(rendition.file)
            if not rendition.file_hash and found:
                type(rendition)._default_manager.filter(pk=rendition.pk).update(file_hash=found)
            elif found != rendition.file_hash:
                yield str(rendition.file.name)
