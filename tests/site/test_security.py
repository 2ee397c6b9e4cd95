"""Headers, error pages and logs give nothing away."""

import logging
from typing import Any

import pytest
from django.test import Client, RequestFactory

from common import error_pages
from common.logs import LineFormatter, PrivateRecordFilter
from tests.addresses import EVERY

pytestmark = pytest.mark.django_db
MARKER = "Zebra-Marker-4711"


@pytest.mark.parametrize("path", [*EVERY, "/nothing/"])
def test_public_pages_allow_nothing_inline_and_nothing_from_elsewhere(client: Client, path: str) -> None:
    policy = client.get(path)["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy and "http" not in policy


def test_headers_are_strict(client: Client) -> None:
    response = client.get("/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_server_error_says_nothing_of_its_cause(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(MARKER)

    monkeypatch.setattr("home.search.views.search_pages", fail)
    client.raise_request_exception = False
    response = client.get("/search/", {"q": MARKER})
    assert response.status_code == 500
    assert b"Something went wrong" in response.content
    assert MARKER.encode() not in response.content


def test_the_last_error_page_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.template.loader.render_to_string", lambda *args, **kwargs: 1 / 0)
    response = error_pages.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"911" in response.content


def test_not_found_survives_a_database_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone(*args: Any, **kwargs: Any) -> None:
        raise OperationalError(MARKER)

    monkeypatch.setattr("core.context_processors.site_of", gone)
    response = error_pages.page_not_found(RequestFactory().get("/x/"))
    assert response.status_code == 404
    assert b"We could not find that page" in response.content


def test_a_log_line_carries_neither_the_address_nor_the_message_of_an_exception() -> None:
    try:
        raise ValueError(MARKER)
    except ValueError:
        import sys

        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", (f"/search/?q={MARKER}",), sys.exc_info()
        )
    record.request = object()
    PrivateRecordFilter().filter(record)
    line = LineFormatter("{levelname} {message}", style="{").format(record)
    assert MARKER not in line
    assert "ValueError" in line and "test_security.py" in line


@pytest.mark.parametrize("path", ["/admin/", "/admin/consultations/", "/admin/pages/", "/admin/images/"])
def test_strangers_are_sent_to_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
