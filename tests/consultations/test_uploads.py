"""Sealed photos leave the folder that a public process can write, and nothing left there in their place is taken."""

import os
import shutil
import time
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone

from consultations.actions.collect_uploads import BATCH_SIZE, collect_uploads
from consultations.actions.destroy import destroy
from consultations.actions.purge import ORPHAN_AGE, orphaned_files
from consultations.choices import DestructionReason
from consultations.models import ConsultationRequest, SealedPhoto
from consultations.models.request import sealed_storage
from sealing.uploads import UploadStorage

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders() -> UploadStorage:
    storage = sealed_storage()
    assert isinstance(storage, UploadStorage)
    return storage


def photo_of(consultation: ConsultationRequest) -> SealedPhoto:
    photo = consultation.photos.first()
    assert photo
    return photo


def test_a_collected_photo_opens_and_is_destroyed_with_its_request(
    desk: Client, stored: ConsultationRequest, folders: UploadStorage
) -> None:
    photo = photo_of(stored)
    assert (collect_uploads(), collect_uploads()) == (1, 0)
    assert not folders.incoming.exists(photo.file.name) and folders.collected.exists(photo.file.name)
    assert photo.open_image(stored.content_key()).startswith(b"\xff\xd8")
    assert folders.size(photo.file.name) > 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        destroy(stored, DestructionReason.STAFF, "desk")
    assert not folders.exists(photo.file.name)


def test_what_replaces_a_collected_photo_is_not_read(stored: ConsultationRequest, folders: UploadStorage) -> None:
    photo = photo_of(stored)
    call_command("collect_uploads")
    planted = Path(folders.incoming.location) / photo.file.name
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_bytes(b"something else")
    assert collect_uploads() == 0
    assert photo.open_image(stored.content_key()).startswith(b"\xff\xd8")


def test_a_link_is_not_collected_and_keeps_no_other_waiting(stored: ConsultationRequest, folders: UploadStorage, tmp_path: Path) -> None:
    photo = photo_of(stored)
    path = Path(folders.incoming.location) / photo.file.name
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert collect_uploads() == 0 and not folders.collected.exists(photo.file.name)
    with pytest.raises(SuspiciousFileOperation):
        folders.open(photo.file.name)


def test_a_file_without_a_row_is_not_collected(folders: UploadStorage) -> None:
    name = folders.incoming.save("a/b.sealed", ContentFile(b"x"))
    assert collect_uploads() == 0
    folders.delete(name)


def test_nothing_that_lies_there_keeps_a_photo_waiting(stored: ConsultationRequest, folders: UploadStorage) -> None:
    """Names that are no text, files that are larger than memory, and more files than are looked up at once."""
    photo = photo_of(stored)
    location = Path(folders.incoming.location)
    nameless = Path(os.fsdecode(os.fsencode(location) + b"/\xff\xfe"))
    nameless.touch()
    (location / "0000" / "00").mkdir(parents=True, exist_ok=True)
    for number in range(BATCH_SIZE + 1):
        (location / "0000" / "00" / f"{number}.sealed").touch()
    large = SealedPhoto.objects.create(request=stored, position=9, file=f"0000/00/{'a' * 32}/{'a' * 32}.sealed", width=1, height=1)
    (location / large.file.name).parent.mkdir()
    with (location / large.file.name).open("wb") as file:
        file.truncate(1 << 36)
    assert collect_uploads() == 1 and folders.collected.exists(photo.file.name)
    assert not (location / photo.file.name).parent.exists(), "the name of the folder is the id of the request"
    nameless.unlink()
    shutil.rmtree(location / "0000")


def test_a_time_that_lies_ahead_saves_no_file_from_the_purge(folders: UploadStorage) -> None:
    name = folders.incoming.save("0000/00/planted.sealed", ContentFile(b"x"))
    ahead = time.time() + 10 * 365 * 86400
    os.utime(folders.incoming.path(name), (ahead, ahead))
    assert list(orphaned_files(timezone.now() - ORPHAN_AGE)) == [name]
    folders.delete(name)


def test_a_link_among_the_uploads_neither_stops_the_purge_nor_saves_a_photo(
    stored: ConsultationRequest, folders: UploadStorage, tmp_path: Path
) -> None:
    photo = photo_of(stored)
    collect_uploads()
    planted = Path(folders.incoming.location) / photo.file.name
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.symlink_to(tmp_path)
    (planted.parent / "folder").symlink_to(tmp_path)
    call_command("purge_requests", verbosity=0)
    with TestCase.captureOnCommitCallbacks(execute=True):
        destroy(stored, DestructionReason.STAFF, "desk")
    assert not folders.is_collected(photo.file.name)
    assert not planted.is_symlink() and tmp_path.exists(), "the link itself is deleted, not what it leads to"
    (planted.parent / "folder").unlink()
