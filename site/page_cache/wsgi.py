"""Answers from the page cache at the WSGI level, before Django builds a request."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.conf import settings

from page_cache import site_version
from page_cache.rules import key_for
from page_cache.store import STORE, Entry

STATUS = {status.value: f"{status.value} {status.phrase}" for status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)}


class PageCacheWSGI:
    """Wraps the WSGI application. It serves what the middleware stored, and never stores."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        entry = fresh_entry(environ) if settings.PAGE_CACHE else None
        if entry is None:
            return self.application(environ, start_response)
        status, headers, body = entry.answer(environ, "HIT")
        start_response(STATUS[status], headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def fresh_entry(environ: dict[str, Any]) -> Entry | None:
    """The page as it is now, where this process has it."""
    key = key_for(environ)
    if key is None:
        return None
    entry = STORE.entries.get(key)
    if entry is None or time.time() >= entry.fresh_until:
        return None
    try:
        if entry.version != site_version.current():
            return None
    except site_version.VersionUnavailableError:
        return None
    # Another thread may have dropped it meanwhile.
    with suppress(KeyError):
        STORE.entries.move_to_end(key)
    return entry
