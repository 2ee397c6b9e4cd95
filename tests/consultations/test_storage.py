"""Nothing a patient sends is readable in any place the site writes to."""

import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from PIL import Image
from PIL.ExifTags import Base

from consultations.models import ConsultationRequest, SealedPhoto
from consultations.photos import MAX_SIDE
from sealing.encryption import CannotOpenError
from tests.consultations.conftest import MARKER, picture, whole_database, whole_storage

pytestmark = pytest.mark.django_db


def photo_with_metadata() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[Base.ImageDescription.value] = MARKER
    exif[Base.Artist.value] = MARKER
    return picture(exif=exif, comment=MARKER.encode(), name=f"{MARKER}.jpg")


def test_the_marker_is_in_no_table_file_log_or_mail(
    send: Callable[..., Any],
    make_user: Callable[..., Any],
    run_worker: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    from accounts.roles import Role

    make_user(Role.FRONT_DESK)
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        assert send(photos=[photo_with_metadata()]).status_code == 302
    run_worker()
    assert len(mail.outbox) == 2
    written = whole_database() + whole_storage() + caplog.text + "".join(message.message().as_string() for message in mail.outbox)
    assert MARKER.lower() not in written.lower()
    assert "2025550143" not in written


def test_the_front_desk_is_told_once_and_only_that_there_is_something(
    send: Callable[..., Any], make_user: Callable[..., Any], run_worker: Callable[[], None]
) -> None:
    from accounts.roles import Role

    make_user(Role.FRONT_DESK)
    make_user(Role.EDITOR)
    send()
    run_worker()
    run_worker()
    to_staff = [message for message in mail.outbox if message.to]
    assert [message.to for message in to_staff] == [["front_desk@alluraderm.example"]]
    assert "/admin/consultations/" in to_staff[0].body
    to_patient = [message for message in mail.outbox if message.bcc]
    assert [message.bcc for message in to_patient] == [[f"{MARKER}@example.org"]]
    assert ConsultationRequest.objects.get().reference in to_patient[0].body
    for word in ("scar", "skin", "treatment", "acne"):
        assert word not in to_patient[0].body.lower() + to_patient[0].subject.lower()


def test_answers_and_contact_open_as_they_were_given(send: Callable[..., Any]) -> None:
    send()
    stored = ConsultationRequest.objects.get()
    assert stored.contact() == {
        "name": f"{MARKER} Patient", "email": f"{MARKER}@example.org", "phone": "+12025550143",
        "contact_preference": "email", "voicemail_ok": True,
    }  # fmt: skip
    answers = {answer["name"]: answer["value"] for answer in stored.answers()}
    assert answers["concerns"] == "Rolling scars, I am not sure"
    assert answers["preferred_times"] == "Monday morning, Thursday afternoon"
    assert "stores what you send" in answers["consent"]


def test_without_the_private_key_nothing_opens(send: Callable[..., Any], settings: Any, tmp_path: Path) -> None:
    send(photos=[picture()])
    stored = ConsultationRequest.objects.get()
    (tmp_path / "private.key").unlink()
    for attempt in (stored.contact, stored.answers, stored.content_key):
        with pytest.raises(CannotOpenError):
            attempt()


def test_photos_are_encoded_anew_without_metadata(send: Callable[..., Any]) -> None:
    send(photos=[photo_with_metadata(), picture(fmt="PNG", mode="RGBA"), picture(fmt="WEBP")])
    stored = ConsultationRequest.objects.get()
    key = stored.content_key()
    photos = list(stored.photos.all())
    assert len(photos) == 3
    for photo in photos:
        content = photo.open_image(key)
        image = Image.open(io.BytesIO(content))
        assert image.format == "JPEG" and image.mode == "RGB" and not image.getexif()
        assert image.size == (photo.width, photo.height)
        assert MARKER.encode() not in content


def test_a_photo_is_turned_upright_before_its_metadata_goes(send: Callable[..., Any]) -> None:
    exif = Image.Exif()
    exif[Base.Orientation.value] = 6
    send(photos=[picture(size=(800, 400), exif=exif)])
    photo = SealedPhoto.objects.get()
    assert (photo.width, photo.height) == (400, 800)


@pytest.mark.parametrize(
    "upload",
    [
        picture(fmt="JPEG", mode="CMYK"), picture(fmt="PNG", mode="I;16"), picture(fmt="PNG", mode="P"), picture(fmt="JPEG", mode="L"),
        picture(fmt="WEBP", save_all=True, append_images=[Image.new("RGB", (1200, 900))]), picture(size=(1, 1)),
        picture(fmt="HEIF", name="photo.heic"),
        picture(fmt="JPEG", name="photo.exe"), picture(size=(5000, 4000)),
    ],
    ids=["cmyk", "16-bit", "palette", "grey", "animated", "one pixel", "heic", "wrong extension", "large"],
)  # fmt: skip
def test_unusual_photos_are_taken(send: Callable[..., Any], upload: SimpleUploadedFile) -> None:
    upload.seek(0)
    assert send(photos=[upload]).status_code == 302
    photo = SealedPhoto.objects.get()
    assert max(photo.width, photo.height) <= MAX_SIDE


def bomb() -> SimpleUploadedFile:
    return picture(size=(9000, 9000), fmt="PNG", mode="1", name="bomb.png")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.jpg", b"", "empty"),
        ("truncated.jpg", picture().read()[:400], "incomplete or damaged"),
        ("script.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a picture"),
        ("text.jpg", b"just words", "not a picture"),
        ("zip.jpg", b"PK\x03\x04" + b"\0" * 100, "not a picture"),
        ("bomb.png", bomb().read(), "50 megapixels"),
        ("huge.jpg", b"\xff\xd8" + b"\0" * (14 * 1024 * 1024 + 1), "larger than 14 MB"),
        ("animation.gif", picture(fmt="GIF").read(), "not a picture"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_files_that_are_no_photos_are_refused_in_words(send: Callable[..., Any], name: str, content: bytes, words: str) -> None:
    response = send(photos=[SimpleUploadedFile(name, content, "image/jpeg")])
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not ConsultationRequest.objects.exists()


def test_a_fourth_photo_is_refused(send: Callable[..., Any]) -> None:
    assert "at most three" in send(photos=[picture() for _number in range(4)]).content.decode()


def test_uploads_never_touch_the_disk(send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    large = picture(size=(1700, 1700), fmt="PNG", mode="RGB", compress_level=0)
    assert large.size and large.size > 5 * 1024 * 1024
    assert send(photos=[large]).status_code == 302


def test_a_request_that_cannot_be_stored_leaves_no_file(
    send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, client: Any, sealed_root: Path
) -> None:
    before = {path for path in sealed_root.rglob("*") if path.is_file()}

    def fail(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError("taken")

    monkeypatch.setattr(ConsultationRequest, "save", fail)
    client.raise_request_exception = False
    assert send(photos=[picture()]).status_code == 500
    assert {path for path in sealed_root.rglob("*") if path.is_file()} == before
