"""A storage whose files open only with the clinic's private key, wherever the bytes are stored."""

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.utils.deconstruct import deconstructible

from sealing.encryption import ContentKey
from sealing.keys import private_keys, public_keys
from sealing.models import SealedFile

#: The part name that the encryption of a file is bound to.
CONTENT = "file"


@deconstructible(path="sealing.storage.SealedStorage")
class SealedStorage(Storage):
    """Seals files when they are written to an inner storage, and opens them when they are read. Files have no URL."""

    def __init__(self, inner: dict[str, object]) -> None:
        """`inner` configures the storage of the encrypted bytes, in the format of an entry of `STORAGES`."""
        self.inner = storages.create_storage(inner)

    def _save(self, name: str, content: File) -> str:
        sealed_file = SealedFile()
        key = ContentKey.generate(sealed_file.id)
        sealed_file.sealed_keys = key.seal_to(public_keys())
        sealed_file.name = self.inner.save(name, ContentFile(key.seal(CONTENT, content.read())))
        sealed_file.save()
        return sealed_file.name

    def _open(self, name: str, mode: str = "rb") -> File:
        """Raises `FileNotFoundError`, or `CannotOpenError` where no key here fits or the file was altered."""
        sealed_file = SealedFile.objects.filter(name=name).first()
        if sealed_file is None:
            raise FileNotFoundError(name)
        with self.inner.open(name) as sealed:
            content = ContentKey.unseal(sealed_file.id, sealed_file.sealed_keys, private_keys()).open(CONTENT, sealed.read())
        return ContentFile(content, name)

    def delete(self, name: str) -> None:
        self.inner.delete(name)
        SealedFile.objects.filter(name=name).delete()

    def exists(self, name: str) -> bool:
        return self.inner.exists(name)

    def url(self, name: str | None) -> str:
        """Empty, so that forms show no link: these files have no URL."""
        return ""

    def size(self, name: str) -> int:
        """Size in bytes as stored, which is slightly more than the content."""
        return self.inner.size(name)
