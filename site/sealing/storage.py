"""A storage whose files open with the clinic's private key only, wherever they lie."""

from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.utils.deconstruct import deconstructible

from sealing.encryption import ContentKey
from sealing.keys import private_keys, public_keys
from sealing.models import SealedFile

#: The name of the one part of a file.
CONTENT = "file"


@deconstructible(path="sealing.storage.SealedStorage")
class SealedStorage(Storage):
    """Seals what is written to an inner storage, and opens what is read. Files have no address."""

    def __init__(self, inner: dict[str, Any]) -> None:
        """`inner` is the storage that keeps the bytes, as an entry of `STORAGES`."""
        self.inner = storages.create_storage(inner)

    def _save(self, name: str, content: File) -> str:
        row = SealedFile()
        key = ContentKey.generate(row.id)
        row.sealed_keys = key.seal_to(public_keys())
        row.name = self.inner.save(name, ContentFile(key.seal(CONTENT, content.read())))
        row.save()
        return row.name

    def _open(self, name: str, mode: str = "rb") -> File:
        """Raises `FileNotFoundError`, or `CannotOpenError` where no key here fits or the file was altered."""
        row = SealedFile.objects.filter(name=name).first()
        if row is None:
            raise FileNotFoundError(name)
        with self.inner.open(name) as sealed:
            content = ContentKey.unseal(row.id, row.sealed_keys, private_keys()).open(CONTENT, sealed.read())
        return ContentFile(content, name)

    def delete(self, name: str) -> None:
        self.inner.delete(name)
        SealedFile.objects.filter(name=name).delete()

    def exists(self, name: str) -> bool:
        return self.inner.exists(name)

    def url(self, name: str | None) -> str:
        """Empty: forms then offer no link that could not work."""
        return ""

    def size(self, name: str) -> int:
        """Bytes as they are stored, which is a little more than was sealed."""
        return self.inner.size(name)
