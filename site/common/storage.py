"""A file storage that follows no links, so that nobody who can write into its folder can make it hand out another file."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from common.types import Extra


@deconstructible(path="common.storage.NoLinksStorage")
class NoLinksStorage(FileSystemStorage):
    """Django's storage of files in a folder, for plain files only: no symbolic links, no second names of one file, no devices."""

    def _open(self, name: str, mode: str = "rb") -> File:
        """Raises `SuspiciousFileOperation` where the name leads over a link, and `OSError` as `open` does."""
        if mode != "rb":
            return super()._open(name, mode)  # type: ignore[misc]
        with self._folder_of(name) as (folder, last):
            descriptor = _open_at(folder, last, os.O_NONBLOCK)
        try:
            refuse_unless_plain(os.fstat(descriptor))
        except SuspiciousFileOperation:
            os.close(descriptor)
            raise
        return StoredFile(self, name, os.fdopen(descriptor, "rb"))

    @contextmanager
    def _folder_of(self, name: str) -> Iterator[tuple[int, str]]:
        """A descriptor of the folder that a file is in, and the last part of its name. Nobody can put a link in between any more."""
        parts = Path(super().path(name)).relative_to(self.location).parts
        if not parts:
            raise SuspiciousFileOperation("not a file")
        folder = os.open(self.location, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for part in parts[:-1]:
                parent, folder = folder, _open_at(folder, part, os.O_DIRECTORY)
                os.close(parent)
            yield folder, parts[-1]
        finally:
            os.close(folder)

    def delete(self, name: str) -> None:
        """Delete a file, or a link itself. Raises `SuspiciousFileOperation` where a folder on the way is a link."""
        with suppress(FileNotFoundError), self._folder_of(name) as (folder, last):
            os.unlink(last, dir_fd=folder)

    def delete_empty_folder(self, name: str) -> None:
        """Delete a folder if it is empty and this process may."""
        with suppress(OSError, SuspiciousFileOperation), self._folder_of(name) as (folder, last):
            os.rmdir(last, dir_fd=folder)

    def path(self, name: str) -> str:
        """Raises `SuspiciousFileOperation` where the way leads over a link, or to something other than a plain file or a folder."""
        path = Path(super().path(name))
        location = Path(self.location)
        if any((location / step).is_symlink() for step in (path, *path.relative_to(location).parents)):
            raise SuspiciousFileOperation("a symbolic link is not followed")
        if path.exists() and not path.is_dir():
            refuse_unless_plain(path.stat())
        return str(path)


class StoredFile(File):
    """A file of the storage. Closed, it can be opened again, through the storage's checks and not by its path."""

    def __init__(self, storage: NoLinksStorage, name: str, file: IO[bytes]) -> None:
        super().__init__(file, name)
        self.storage = storage

    def open(self, mode: str | None = None, *args: Extra, **kwargs: Extra) -> Self:
        """Rewind, or open again where it was closed."""
        if self.closed:
            self.file = self.storage.open(str(self.name)).file
        else:
            self.seek(0)
        return self


def refuse_unless_plain(found: os.stat_result) -> None:
    """Raises `SuspiciousFileOperation` for what is no file (a pipe, a device), and for a file with a second name elsewhere."""
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise SuspiciousFileOperation("not a plain file of its own")


def _open_at(folder: int, name: str, flags: int) -> int:
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=folder)
    except OSError as problem:
        # With O_NOFOLLOW, a link is ELOOP, or ENOTDIR where a folder was expected.
        if (Path(f"/proc/self/fd/{folder}") / name).is_symlink():
            raise SuspiciousFileOperation("a symbolic link is not followed") from problem
        raise
