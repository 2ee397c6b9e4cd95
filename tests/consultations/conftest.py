"""A form as a browser would fill it in, and a look into every place where words could be stored."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from PIL import Image

from accounts.roles import Role
from consultations import spam
from consultations.models import ConsultationRequest

#: In every answer, so that a search for it finds any leak.
MARKER = "Zebrafish"

ANSWERS: dict[str, Any] = {
    "name": f"{MARKER} Patient",
    "email": f"{MARKER}@example.org",
    "phone": "(202) 555-0143",
    "contact_preference": "email",
    "voicemail_ok": "on",
    "concerns": ["rolling", "not-sure"],
    "treatments": ["chemical-peels"],
    "preferred_times": ["mon_am", "thu_pm"],
    "message": f"I have had {MARKER} scars for years.",
    "consent": "on",
}


def opened_long_ago(seconds: float = 60) -> str:
    """The form's own note of when it was opened, as if that was a while ago."""
    return signing.dumps([time.time() - seconds, "00000000"], salt=spam.SALT)


@pytest.fixture
def answers() -> dict[str, Any]:
    return dict(ANSWERS)


@pytest.fixture
def send(client: Client, db: None) -> Callable[..., Any]:
    """Posts the form and returns the response."""

    def post(**changes: Any) -> Any:
        hidden = {"opened": opened_long_ago()}
        return client.post("/consultation/", {**ANSWERS, **hidden, **changes})

    return post


@pytest.fixture
def run_worker() -> Callable[[], None]:
    """Does once what the worker does: mail, search index, what is due."""
    return lambda: call_command("worker", "--once")


@pytest.fixture
def stored(send: Callable[..., Any]) -> ConsultationRequest:
    """One request with a photo, as it is stored."""
    assert send(photos=[picture()]).status_code == 302
    return ConsultationRequest.objects.get()


@pytest.fixture
def desk(as_role: Callable[..., Client]) -> Client:
    """The front desk, signed in."""
    return as_role(Role.FRONT_DESK)


def picture(size: tuple[int, int] = (1200, 900), fmt: str = "JPEG", mode: str = "RGB", name: str = "", **save: Any) -> SimpleUploadedFile:
    """A photograph of one colour."""
    target = io.BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "I;16") else None).save(target, fmt, **save)
    return SimpleUploadedFile(name or f"photo.{fmt.lower()}", target.getvalue(), f"image/{fmt.lower()}")


def whole_database() -> str:
    """Every value of every table, as text and as bytes read as text."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    parts.append(bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value))
    return "\n".join(parts)


def whole_storage() -> str:
    """Every file below the media and the sealed folder."""
    roots = [Path(settings.MEDIA_ROOT), Path(settings.SEALED_ROOT)]
    return "\n".join(path.read_bytes().decode("latin-1") for root in roots if root.exists() for path in root.rglob("*") if path.is_file())
