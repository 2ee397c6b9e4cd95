"""One word in every field, then everything that can happen to a request, and a search for the word in every place."""

import io
import logging
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.ExifTags import Base

from common.logs import LineFormatter, PrivateRecordFilter
from consultations import outgoing_mail
from consultations.actions.submit import SubmitRequest
from consultations.models import ConsultationRequest
from tests.consultations.conftest import ANSWERS, MARKER, opened_long_ago, picture, whole_database, whole_storage

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the site would write to its log, down to the smallest detail."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(LineFormatter("{asctime} {levelname} {name}: {message}", style="{"))
    handler.addFilter(PrivateRecordFilter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def whole_cache() -> str:
    if hasattr(cache, "_cache") and isinstance(cache._cache, dict):
        return "".join(str(pickle.loads(value)) for value in cache._cache.values())
    client = cache.client.get_client()
    return "".join(f"{key!r}{client.get(key)!r}" for key in client.keys("*"))


def whole_sessions() -> str:
    return "".join(str(session.get_decoded()) for session in Session.objects.all())


def test_the_word_is_nowhere_after_all_that_can_happen(
    desk: Client, log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    exif = Image.Exif()
    exif[Base.ImageDescription.value] = MARKER
    patient = Client()
    patient.get("/consultation/")
    photo = picture(exif=exif, comment=MARKER.encode(), name=f"{MARKER}.jpg")
    words = {**ANSWERS, "opened": opened_long_ago(), "photos": [photo]}
    assert patient.post("/consultation/", words).status_code == 302
    code = patient.get("/consultation/sent/").content.decode().split('class="receipt-code">')[1].split("<strong>")[1][:19]
    patient.post("/consultation/receipt/", {"code": code})
    patient.post("/consultation/receipt/message/", {"text": f"{MARKER} again"})

    stored = ConsultationRequest.objects.get()
    for name in ("request", "print"):
        assert MARKER in desk.get(reverse(f"consultations:{name}", args=[stored.pk])).content.decode()
    desk.get(reverse("consultations:photo", args=[stored.pk, 1]))
    desk.post(reverse("consultations:note", args=[stored.pk]), {"kind": "call", "text": f"{MARKER} phoned"})
    desk.post(reverse("consultations:note", args=[stored.pk]), {"kind": "wrong", "text": f"{MARKER} phoned"})
    desk.post(reverse("consultations:index"), {"q": MARKER}, follow=True)
    for action in ("csv", "archive"):
        desk.post(reverse("consultations:bulk"), {"action": action, "id": [str(stored.pk)], "confirmed": "yes"})
    call_command("worker", "--once")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"{MARKER} in a message")

    monkeypatch.setattr(SubmitRequest, "execute", fail)
    patient.raise_request_exception = False
    broken = patient.post("/consultation/", {**words, "message": f"{MARKER} once more", "photos": []})
    assert broken.status_code == 500 and MARKER not in broken.content.decode()
    monkeypatch.setattr(outgoing_mail, "pending", fail)
    call_command("worker", "--once")
    assert "RuntimeError" in log.getvalue(), "the crash was logged"

    places = {
        "database": whole_database(),
        "sessions": whole_sessions(),
        "files": whole_storage(),
        "temporary files": "".join(str(path) for path in (tmp_path / "tmp").rglob("*")),
        "log": log.getvalue(),
        "mail": "".join(message.message().as_string() for message in mail.outbox),
        "cache": whole_cache(),
    }
    assert mail.outbox and settings.SESSION_ENGINE.endswith("db")
    for place, content in places.items():
        assert MARKER.lower() not in content.lower(), place
        assert code not in content and "2025550143" not in content, place


def test_a_search_for_the_word_would_find_it(send: Callable[..., Any], log: io.StringIO) -> None:
    """The search above works: it finds the word where it is put on purpose."""
    ConsultationRequest.objects.all()
    Session.objects.create(
        session_key="x" * 32, session_data=Session.get_session_store_class()().encode({"word": MARKER}), expire_date="2030-01-01T00:00Z"
    )
    logging.getLogger("consultations").error(MARKER)
    cache.set("word", MARKER)
    for found in (whole_sessions(), log.getvalue(), whole_cache()):
        assert MARKER in found
