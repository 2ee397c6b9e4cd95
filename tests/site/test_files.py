"""Which files the site hands out: what is meant for whoever asks, and never what a link leads to."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from accounts.roles import Role
from common.storage import NoLinksStorage

pytestmark = pytest.mark.django_db
SECRET = b"alluraderm-private-key:"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the media folder, such as a key."""
    file = tmp_path / "private.key"
    file.write_bytes(SECRET)
    return file


def plant(kind: str, secret: Path, media: Path, name: str) -> None:
    """What somebody who can write into the media folder leaves there under a name."""
    target = media / name
    target.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "link":
            target.symlink_to(secret)
        case "relative link":
            target.symlink_to(os.path.relpath(secret, target.parent))
        case "second name":
            os.link(secret, target)
        case "folder behind a link":
            target.parent.rmdir()
            secret.rename(secret.with_name(target.name))
            target.parent.symlink_to(secret.parent)
        case "pipe":
            os.mkfifo(target)


KINDS = ("link", "relative link", "second name", "folder behind a link", "pipe")


@pytest.mark.parametrize("kind", KINDS)
def test_a_storage_follows_no_link(kind: str, secret: Path, tmp_path: Path) -> None:
    media = tmp_path / "media"
    media.mkdir()
    storage = NoLinksStorage(location=str(media))
    plant(kind, secret, media, "documents/leaflet.pdf")
    with pytest.raises(SuspiciousFileOperation):
        storage.open("documents/leaflet.pdf")


def test_a_storage_opens_what_was_stored(tmp_path: Path) -> None:
    storage = NoLinksStorage(location=str(tmp_path))
    name = storage.save("a/b/leaflet.pdf", ContentFile(b"%PDF"))
    with storage.open(name) as file:
        assert file.read() == b"%PDF"
    assert storage.path(name).endswith(name)
    with pytest.raises(FileNotFoundError):
        storage.open("a/nothing.pdf")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["all", "public", "staff"])
def test_no_view_hands_out_what_a_link_leads_to(
    kind: str, role: str, secret: Path, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_role: Callable[..., Client]
) -> None:
    media, settings.SITE_ROLE = tmp_path / "media", role
    media.mkdir()
    settings.MEDIA_ROOT = str(media)
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "common.storage.NoLinksStorage", "OPTIONS": {"location": str(media)}}}
    document = Document.objects.create(title="Leaflet", file="documents/leaflet.pdf", file_hash="0" * 40, file_size=1)
    plant(kind, secret, media, "documents/leaflet.pdf")
    staff = as_role(Role.EDITOR)
    for client in (Client(raise_request_exception=False), staff):
        client.raise_request_exception = False
        for address in (f"/documents/{document.pk}/leaflet.pdf", "/media/documents/leaflet.pdf", "/media/images/../documents/leaflet.pdf"):
            answer = client.get(address)
            assert answer.status_code in (302, 400, 404), (address, answer.status_code)
            assert SECRET not in b"".join(answer) if answer.streaming else SECRET not in answer.content


@pytest.mark.parametrize("folder", ["original_images", "documents", "private", "sealed", ""])
def test_only_what_is_made_for_readers_is_below_media(client: Client, folder: str) -> None:
    name = default_storage.save(f"{folder}/price-list.pdf".lstrip("/"), ContentFile(b"%PDF"))
    assert client.get(f"/media/{name}").status_code == 404
    assert client.get(f"/media/images/../{name}").status_code == 404


def test_a_size_of_an_image_is_handed_out(client: Client) -> None:
    name = default_storage.save("images/a-size.webp", ContentFile(b"RIFF"))
    assert client.get(f"/media/{name}").status_code == 200


def test_documents_of_private_collections_are_for_those_who_may(client: Client) -> None:
    private = Collection.get_first_root_node().add_child(name="Staff only")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document = Document.objects.create(title="Prices", collection=private, file=ContentFile(b"%PDF", "price-list.pdf"))
    assert client.get(document.url).status_code == 302
    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_a_staff_process_hands_documents_to_staff_only(client: Client, settings: Any, as_role: Callable[..., Client]) -> None:
    document = Document.objects.create(title="Leaflet", file=ContentFile(b"%PDF", "leaflet.pdf"))
    assert client.get(document.url).status_code == 200
    settings.SITE_ROLE = "staff"
    assert Client().get(document.url).status_code == 404
    assert as_role(Role.EDITOR).get(document.url).status_code == 200
