"""Where sealed uploads lie: a public process writes them into one folder, and the worker moves them into one that only staff can change."""

import datetime as dt
import os
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from common.storage import NoLinksStorage

#: A photo is re-encoded before it is sealed, and is far smaller.
MAX_FILE_BYTES = 32 * 1024 * 1024


@deconstructible(path="sealing.uploads.UploadStorage")
class UploadStorage(Storage):
    """Sealed files that patients sent. New ones are saved in `incoming`; once collected, they are read from `collected`.

    So whoever takes over a public process can delete or replace only what was sent in the last seconds.
    """

    def __init__(self, incoming: str, collected: str) -> None:
        self.incoming, self.collected = NoLinksStorage(location=incoming), NoLinksStorage(location=collected)

    def is_collected(self, name: str) -> bool:
        """Whether a file lies where only the staff side can change it. A public process, which cannot look there, gets False."""
        try:
            return self.collected.exists(name)
        except PermissionError:
            return False

    def _place_of(self, name: str) -> NoLinksStorage:
        return self.collected if self.is_collected(name) else self.incoming

    def _open(self, name: str, mode: str = "rb") -> File:
        return self._place_of(name).open(name, mode)

    def _save(self, name: str, content: File) -> str:
        return self.incoming.save(name, content)

    def delete(self, name: str) -> None:
        """Delete a file where this process may. A public process leaves a collected one to the purge of the worker."""
        for storage in (self.incoming, self.collected):
            try:
                storage.delete(name)
            except (PermissionError, SuspiciousFileOperation):
                # What somebody planted in one place must not keep the file in the other.
                continue

    def exists(self, name: str) -> bool:
        return self.is_collected(name) or self.incoming.exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Folders and files of both places. Raises `FileNotFoundError` where neither has the folder."""
        folders: set[str] = set()
        files: set[str] = set()
        missing = 0
        for storage in (self.incoming, self.collected):
            try:
                more_folders, more_files = storage.listdir(path)
            except (FileNotFoundError, PermissionError):
                missing += 1
                continue
            folders.update(more_folders)
            files.update(more_files)
        if missing == 2:
            raise FileNotFoundError(path)
        return sorted(folders), sorted(files)

    def path(self, name: str) -> str:
        return self._place_of(name).path(name)

    def size(self, name: str) -> int:
        return self._place_of(name).size(name)

    def get_modified_time(self, name: str) -> dt.datetime:
        return self._place_of(name).get_modified_time(name)

    def collect(self, name: str) -> bool:
        """Move one file out of the folder that public processes write. False where it is collected already, or gone.

        Raises `SuspiciousFileOperation` for what is no plain file.
        """
        if self.collected.exists(name) or not self.incoming.exists(name):
            return False
        with self.incoming.open(name) as file:
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise SuspiciousFileOperation("larger than a sealed photo can be")
        target = Path(self.collected.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        temporary.write_bytes(content)
        temporary.replace(target)
        self.incoming.delete(name)
        # The name of the folder is the id of the request.
        self.incoming.delete_empty_folder(str(Path(name).parent))
        return True
