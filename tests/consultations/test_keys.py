"""Keys: made once, changed without touching answers, and never lost by accident."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from consultations.choices import Action, NoteKind
from consultations.models import AccessLogEntry, ConsultationRequest, SealedNote
from sealing.encryption import CannotOpenError
from sealing.key_file import create_key_file
from sealing.key_pairs import PrivateKey
from sealing.keys import SealingKeyError, encode_private, encode_public, key_id, private_keys, read_key_file, refuse_private_keys
from tests.consultations.conftest import MARKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "private.key"


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("consultation_key", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_a_key_is_made_whole_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "new.key"
    printed = run("create", "--file", path)
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["new.key"]
    (key,) = read_key_file(path)
    assert encode_private(key) in printed and encode_public(key.public_key()) in printed
    before = path.read_bytes()
    with pytest.raises(CommandError, match="exists"):
        run("create", "--file", path)
    assert path.read_bytes() == before


def test_a_stop_while_writing_leaves_no_half_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create_key_file(tmp_path / "new.key")
    assert not (tmp_path / "new.key").exists()


def test_rotating_seals_keys_anew_and_leaves_answers_alone(stored: ConsultationRequest, key_file: Path) -> None:
    SealedNote.seal(stored, NoteKind.NOTE, MARKER).save()
    form = storages["private"].save("consents/form.pdf", ContentFile(MARKER.encode()))
    (old,) = read_key_file(key_file)
    printed = run("rotate")
    newest, kept = read_key_file(key_file)
    assert kept.private_bytes_raw() == old.private_bytes_raw() and "Sealed anew: 3" in printed
    assert "backup" in printed and encode_private(newest) in printed
    again = ConsultationRequest.objects.get()
    assert set(again.sealed_keys) == {key_id(newest.public_key())} != set(stored.sealed_keys)
    assert bytes(again.sealed_answers) == bytes(stored.sealed_answers) and bytes(again.sealed_contact) == bytes(stored.sealed_contact)
    assert "Already right: 3" in run("rotate", "--finish")
    assert [key.private_bytes_raw() for key in read_key_file(key_file)] == [newest.private_bytes_raw()]
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert again.contact()["name"].startswith(MARKER) and SealedNote.objects.get().open_text() == MARKER
    with storages["private"].open(form) as opened:
        assert opened.read() == MARKER.encode()
    assert AccessLogEntry.objects.filter(action=Action.KEYS).count() == 2
    # The old key opens nothing of what is stored now.
    key_file.write_text(encode_private(old) + "\n")
    os.utime(key_file, (1, 1))
    with pytest.raises(CannotOpenError):
        again.contact()


def test_an_old_key_stays_as_long_as_something_needs_it(stored: ConsultationRequest, key_file: Path, settings: Any) -> None:
    (old,) = read_key_file(key_file)
    settings.CONSULTATION_PUBLIC_KEYS = [encode_public(old.public_key())]
    run("rotate")
    with pytest.raises(CommandError, match="still names the old key"):
        run("rotate", "--finish")
    assert len(read_key_file(key_file)) == 2


def test_a_key_in_escrow_goes_on_receiving(stored: ConsultationRequest, key_file: Path, settings: Any) -> None:
    escrow = PrivateKey.generate()
    (own,) = read_key_file(key_file)
    settings.CONSULTATION_PUBLIC_KEYS = [encode_public(own.public_key()), encode_public(escrow.public_key())]
    run("rotate")
    sealed_to = set(ConsultationRequest.objects.get().sealed_keys)
    assert key_id(escrow.public_key()) in sealed_to and key_id(own.public_key()) not in sealed_to


def test_rotating_passes_over_what_cannot_be_opened(stored: ConsultationRequest, send: Callable[..., Any]) -> None:
    send(message="Another")
    ConsultationRequest.objects.filter(pk=stored.pk).update(sealed_keys=dict.fromkeys(stored.sealed_keys, "AAAA"))
    assert "Cannot be opened: 1" in run("rotate")


def test_checking_tries_every_request(stored: ConsultationRequest, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Requests that open: 1. That do not: 0." in run("check")
    recovery = encode_private(read_key_file(key_file)[0])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"  {recovery}\n"))
    assert next(iter(private_keys())) in run("check", "--recovery")
    ConsultationRequest.objects.update(sealed_answers=b"x" * 40)
    with pytest.raises(CommandError, match=stored.reference):
        run("check")
    assert AccessLogEntry.objects.filter(action=Action.CANNOT_OPEN).count() == 1


def test_checking_says_when_new_requests_would_be_lost(key_file: Path, settings: Any) -> None:
    settings.CONSULTATION_PUBLIC_KEYS = [encode_public(PrivateKey.generate().public_key())]
    with pytest.raises(CommandError, match="would be lost"):
        run("check")


def test_checking_says_when_others_can_read_the_file(key_file: Path) -> None:
    key_file.chmod(0o640)
    with pytest.raises(CommandError, match="chmod 600"):
        run("check")


@pytest.mark.parametrize("content", ["", "garbage", "alluraderm-private-key:AAAA"])
def test_a_damaged_file_is_explained(key_file: Path, content: str) -> None:
    key_file.write_text(content)
    if content:
        with pytest.raises(CommandError, match="key"):
            run("check")


def test_a_public_process_refuses_every_key_it_could_read(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    refuse_private_keys("", folder)
    create_key_file(folder / "any.key")
    with pytest.raises(SealingKeyError, match="can be read"):
        refuse_private_keys("", folder)
    with pytest.raises(SealingKeyError, match="CONSULTATION_PRIVATE_KEY_FILE"):
        refuse_private_keys(str(folder / "any.key"), tmp_path)


PARTS = ("sealed_contact", "sealed_answers")


@pytest.mark.parametrize("part", [*PARTS, "sealed_keys", "photo", "note"])
def test_one_flipped_bit_anywhere_is_a_clear_failure(stored: ConsultationRequest, part: str) -> None:
    SealedNote.seal(stored, NoteKind.NOTE, MARKER).save()
    photo, note = stored.photos.get(), SealedNote.objects.get()
    sealed = {
        "photo": lambda: photo.file.open("rb").read(),
        "note": lambda: bytes(note.sealed_text),
        "sealed_keys": lambda: next(iter(stored.sealed_keys.values())).encode(),
    }.get(part, lambda: bytes(getattr(stored, part)))()
    places = sorted({*range(0, len(sealed), max(len(sealed) // 25, 1)), *range(len(sealed) - 3, len(sealed))})
    for place in places:
        for bit in (0, 6):
            damaged = bytearray(sealed)
            damaged[place] ^= 1 << bit
            with pytest.raises(CannotOpenError):
                open_damaged(stored, part, bytes(damaged))


def open_damaged(stored: ConsultationRequest, part: str, damaged: bytes) -> None:
    if part == "photo":
        stored.content_key().open("photo/1", damaged)
    elif part == "note":
        note = SealedNote.objects.get()
        note.sealed_text = damaged
        note.open_text()
    elif part == "sealed_keys":
        text = damaged.decode("latin-1")
        again = ConsultationRequest(pk=stored.pk, sealed_keys=dict.fromkeys(stored.sealed_keys, text), sealed_contact=stored.sealed_contact)
        again.contact()
    else:
        again = ConsultationRequest.objects.get(pk=stored.pk)
        setattr(again, part, damaged)
        again.contact()
        again.answers()


def test_the_public_side_opens_nothing(stored: ConsultationRequest, settings: Any, key_file: Path) -> None:
    """With the database, the files and all that the public process knows."""
    public = [encode_public(key.public_key()) for key in read_key_file(key_file)]
    SealedNote.seal(stored, NoteKind.NOTE, MARKER).save()
    settings.CONSULTATION_PRIVATE_KEY_FILE, settings.CONSULTATION_PUBLIC_KEYS, settings.SITE_ROLE = "", public, "public"
    photo = stored.photos.get()
    for attempt in (stored.contact, stored.answers, SealedNote.objects.get().open_text, lambda: photo.open_image(stored.content_key())):
        with pytest.raises(CannotOpenError):
            attempt()
    with pytest.raises(CommandError, match="staff side"):
        call_command("worker", "--once")
