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

    Sizes that were made before sizes had a hash cannot be compared; `without_hash` counts them.
    """
    for original in originals:
        if hash_of(original.file) != original.file_hash:  # type: ignore[attr-defined]
            yield str(original.file.name)  # type: ignore[attr-defined]
        if not isinstance(original, get_image_model()):
            continue
        for rendition in original.renditions.all():
            if rendition.file_hash and hash_of(rendition.file) != rendition.file_hash:
                yield str(rendition.file.name)


def without_hash() -> int:
    """The number of sizes whose bytes cannot be compared, because they were made before sizes had a hash."""
    return get_image_model().get_rendition_model()._default_manager.filter(file_hash="").count()
