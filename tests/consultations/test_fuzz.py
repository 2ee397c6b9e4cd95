"""Whatever is posted, there is no server error, and nothing is stored in the clear.

With FULL=1, as in CI, 5,300 cases on the embedded database; otherwise a twentieth of it.
"""

import io
import os
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from consultations.models import ConsultationRequest
from tests.consultations.conftest import ANSWERS, MARKER, opened_long_ago, whole_database, whole_storage

#: Everything but halves of characters, which UTF-8 cannot hold. Asking for the codec by name costs hypothesis seconds.
ANY_CHARACTER = st.characters(exclude_categories=("Cs",))

pytestmark = pytest.mark.django_db
SCALE = 20 if os.environ.get("FULL") and not os.environ.get("TEST_DATABASE_URL") else 1
FIELDS = [*ANSWERS, "urgent", "website", "opened", "consent_version", "q_how_long_have_you_had_these_scars", "csrfmiddlewaretoken", "x"]


def cases(number: int) -> Any:
    return settings(
        max_examples=number * SCALE, deadline=None, database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip


@pytest.fixture
def patient() -> Client:
    client = Client()
    client.get("/consultation/")
    # An exception that the site does not catch must show as what a visitor gets.
    client.raise_request_exception = False
    return client


@pytest.fixture(autouse=True)
def nothing_in_the_clear() -> Any:
    yield
    stored = (whole_database() + whole_storage()).lower()
    assert MARKER.lower() not in stored


def assert_answered(response: Any) -> None:
    assert response.status_code in (200, 302, 400, 403, 404, 405, 413, 414, 415, 429), response.status_code


nasty = st.one_of(
    st.text(ANY_CHARACTER, max_size=200),
    st.sampled_from(["", "\0", "‮", "\ufeff", "%00", "{{7*7}}", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "a" * 5000]),
    st.sampled_from(["+1", "911", "٣٤٥٦٧٨٩", "+" * 30, "(((202", "tel:+12025550123;ext=1", "1e309", "-1", "2026-13-45", "True"]),
).map(lambda text: f"{MARKER}{text}" if len(text) > 12 else text)


@cases(130)
@given(data=st.dictionaries(st.sampled_from(FIELDS), st.one_of(nasty, st.lists(nasty, max_size=5)), max_size=14))
def test_any_values(patient: Client, data: dict[str, Any]) -> None:
    assert_answered(patient.post("/consultation/", {**ANSWERS, "opened": opened_long_ago(), **data}))


@cases(30)
@given(
    body=st.binary(max_size=3000),
    content_type=st.sampled_from(
        [
            "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data",
            "multipart/form-data; boundary=x", "multipart/form-data; boundary=" + "y" * 300, "multipart/form-data; boundary=\x01",
            "application/json", "text/plain; charset=nonsense", "", "multipart/form-data; boundary=x; charset=utf-7",
        ]
    ),
)  # fmt: skip
def test_any_body_under_any_name(patient: Client, body: bytes, content_type: str) -> None:
    for frame in (body, b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + body + b"\r\n--x--\r\n"):
        assert_answered(patient.generic("POST", "/consultation/", frame, content_type=content_type))


header_values = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\r\n"), max_size=200)


@cases(35)
@given(
    headers=st.dictionaries(
        st.sampled_from(
            [
                "accept-language",
                "x-forwarded-for",
                "referer",
                "origin",
                "user-agent",
                "accept-encoding",
                "x-forwarded-proto",
                "range",
                "if-none-match",
            ]
        ),
        header_values,
        max_size=5,
    ),
    cookie=header_values,
    address=st.sampled_from(["", "1.2.3.4", "::1", "fe80::1%eth0", "unix:", "999.1.1.1"]),
)
def test_any_headers(headers: dict[str, str], cookie: str, address: str) -> None:
    client = Client(headers={**headers, "cookie": cookie}, REMOTE_ADDR=address)
    client.raise_request_exception = False
    assert_answered(client.get("/consultation/"))
    assert_answered(client.post("/consultation/", {**ANSWERS, "message": cookie}))
    assert_answered(client.post("/consultation/receipt/", {"code": cookie}))


@cases(20)
@given(code=nasty, text=nasty, query=st.dictionaries(st.sampled_from(["concern", "treatment", "r", "p", "next"]), nasty, max_size=3))
def test_any_receipt_code_message_and_query(patient: Client, code: str, text: str, query: dict[str, str]) -> None:
    assert_answered(patient.get("/consultation/", query))
    assert_answered(patient.post("/consultation/receipt/", {"code": code}))
    patient.cookies["consultation-receipt"] = "forged"
    for path in ("message/", "withdraw/", "leave/"):
        assert_answered(patient.post(f"/consultation/receipt/{path}", {"text": text}))


def encoded(fmt: str, mode: str, size: tuple[int, int], **save: Any) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, fmt, **save)
    return target.getvalue()


def png_that_promises(width: int, height: int) -> bytes:
    """A tiny file whose header speaks of an enormous picture."""
    whole = bytearray(encoded("PNG", "1", (8, 8)))
    whole[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    whole[29:33] = zlib.crc32(bytes(whole[12:29])).to_bytes(4, "big")
    return bytes(whole)


FRAMES = [Image.new("RGB", (40, 30), (shade, 0, 0)) for shade in (10, 90, 200)]
GOOD = [
    encoded("JPEG", "RGB", (60, 40)),
    encoded("JPEG", "CMYK", (60, 40)),
    encoded("JPEG", "L", (1, 1)),
    encoded("PNG", "I;16", (30, 30)),
    encoded("PNG", "RGBA", (30, 30)),
    encoded("PNG", "P", (30, 30)),
    encoded("WEBP", "RGBA", (30, 30)),
    encoded("WEBP", "RGB", (40, 30), save_all=True, append_images=FRAMES),
    encoded("PNG", "RGB", (40, 30), save_all=True, append_images=FRAMES),
    encoded("HEIF", "RGB", (64, 64)),
    encoded("JPEG", "RGB", (60, 40), comment=MARKER.encode()),
]
BAD = [
    b"",
    b"\0" * 500,
    b"%PDF-1.7 " + MARKER.encode(),
    b"PK\x03\x04" + bytes(200),
    f"<svg xmlns='http://www.w3.org/2000/svg'><script>{MARKER}</script></svg>".encode(),
    b"GIF89a" + bytes(100),
    png_that_promises(100_000, 100_000),
    png_that_promises(2**31 - 1, 2**31 - 1),
    png_that_promises(0, 5),
    encoded("GIF", "P", (30, 30)),
    encoded("TIFF", "RGB", (30, 30)),
    encoded("BMP", "RGB", (30, 30)),
]


@st.composite
def files(draw: st.DrawFn) -> SimpleUploadedFile:
    """A picture, something that is none, or a picture that was cut, bent or glued to something else."""
    content = draw(st.sampled_from([*GOOD, *BAD]))
    change = draw(st.sampled_from(["none", "cut", "flip", "glue before", "glue behind", "noise"]))
    if change == "cut":
        content = content[: draw(st.integers(0, max(len(content) - 1, 0)))]
    elif change == "flip" and content:
        bent = bytearray(content)
        for place in draw(st.lists(st.integers(0, len(bent) - 1), min_size=1, max_size=6)):
            bent[place] ^= 1 << draw(st.integers(0, 7))
        content = bytes(bent)
    elif change == "glue before":
        content = draw(st.sampled_from([b"<?php ", b"GIF89a", b"\xff\xd8\xff", b"PK\x03\x04"])) + content
    elif change == "glue behind":
        content += b"<script>" + MARKER.encode() + b"</script>" + encoded("PNG", "L", (5, 5))
    elif change == "noise":
        content = draw(st.binary(max_size=400))
    name = draw(st.sampled_from(["a.jpg", "a.exe", "a.svg", f"{MARKER}.png", "../../a.jpg", "a" * 255 + ".jpg", "é\u202egpj.exe", "CON"]))
    kind = draw(st.sampled_from(["image/jpeg", "image/svg+xml", "text/html", "application/octet-stream", ""]))
    return SimpleUploadedFile(name, content, kind)


@cases(50)
@given(photos=st.lists(files(), max_size=5), where=st.sampled_from(["photos", "photos", "photos", "name", "x"]))
def test_any_files(patient: Client, photos: list[SimpleUploadedFile], where: str) -> None:
    before = ConsultationRequest.objects.count()
    response = patient.post("/consultation/", {**ANSWERS, "opened": opened_long_ago(), where: photos})
    assert_answered(response)
    if response.status_code == 302 and ConsultationRequest.objects.count() > before:
        newest = ConsultationRequest.objects.latest("received_at")
        for photo in newest.photos.all():
            with Image.open(io.BytesIO(photo.open_image(newest.content_key()))) as image:
                assert image.format == "JPEG" and not image.getexif() and "comment" not in image.info
