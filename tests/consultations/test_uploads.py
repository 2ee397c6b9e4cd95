"""Sealed photos leave the folder that a public process can write, and nothing left there in their place is taken."""

from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client, TestCase

from consultations.actions.collect_uploads import collect_uploads
from consultations.actions.destroy import destroy
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
