"""Serves cached pages at the WSGI level, before Django builds a request."""

import time
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from page_cache import site_version
from page_cache.entry import Entry
from page_cache.rules import key_for
from page_cache.store import STORE

STATUS = {status.value: f"{status.value} {status.phrase}" for status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)}


class PageCacheWSGI:
    """Wraps the WSGI application. It serves pages that the middleware stored, and stores none itself."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        entry = fresh_entry(environ) if settings.PAGE_CACHE else None
        if entry is None:
            return self.application(environ, start_response)
        status, headers, body = entry.response_for(environ, "HIT")
        start_response(STATUS[status], headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def fresh_entry(environ: WSGIEnvironment) -> Entry | None:
    """The cached page of the current version, where this process has it and it has not expired."""
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
    # Another thread may have dropped the entry in the meantime.
    with suppress(KeyError):
        STORE.entries.move_to_end(key)
    return entry
