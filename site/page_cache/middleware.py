"""The outermost middleware: most readers get a page that was rendered once, before anything else of the site runs.

A page is stored under the version of the site it was rendered from. Any change gives the site another version, so whoever
comes after it gets the new page: one reader renders it, and the others wait for that one. A page that only grew old, because
it can show a date, is rendered anew by one reader while the others still get it.
"""

import datetime as dt
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.utils import timezone

from page_cache import site_version
from page_cache.rules import Key, key_for, may_be_stored
from page_cache.store import STORE, Entry, new_entry

#: Headers that an entry sets itself.
ENTRY_HEADERS = frozenset({"content-length", "content-encoding", "etag", "age", "x-cache", "cache-control", "vary"})


def fresh_until() -> float:
    """A quarter of an hour, or until midnight, when prices and review dates can run out."""
    now = timezone.localtime()
    midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(now.timestamp() + settings.PAGE_CACHE_SECONDS, midnight.timestamp())


class PageCacheMiddleware:
    """Answers from the store where it may, and fills it where it may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_for(request.META) if settings.PAGE_CACHE else None
        if key is None:
            return self.get_response(request)
        try:
            version = site_version.current()
        except site_version.VersionUnavailableError:
            return self.get_response(request)
        entry = STORE.get(key, version)
        if entry is not None and entry.version == version:
            if time.time() < entry.fresh_until:
                return answer(request, entry, "HIT")
            return self.refresh(request, key, version, entry)
        return self.render_once(request, key, version, entry)

    def refresh(self, request: HttpRequest, key: Key, version: str, old: Entry) -> HttpResponseBase:
        """A page that grew old: one reader renders it, the others get it as it is."""
        with STORE.render_lock(key, wait=False) as mine:
            return self.render(request, key, version) if mine else answer(request, old, "STALE")

    def render_once(self, request: HttpRequest, key: Key, version: str, old: Entry | None) -> HttpResponseBase:
        """A page that is not there in this version: of many readers one renders it."""
        if old is None:
            # Nothing says yet that this address can be stored, so nobody waits for it.
            return self.render(request, key, version)
        with STORE.render_lock(key, wait=True):
            entry = STORE.get(key, version)
            if entry is not None and entry.version == version:
                return answer(request, entry, "HIT")
            return self.render(request, key, version)

    def render(self, request: HttpRequest, key: Key, version: str) -> HttpResponseBase:
        """The site's own answer, stored if everybody may have it."""
        response = self.get_response(request)
        if not may_be_stored(request, response):
            STORE.drop(key)
            return response
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in ENTRY_HEADERS)
        entry = new_entry(version, fresh_until(), headers, response.content)  # type: ignore[attr-defined]
        STORE.put(key, entry)
        return answer(request, entry, "MISS")


def answer(request: HttpRequest, entry: Entry, state: str) -> HttpResponse:
    """A stored page as an answer."""
    status, headers, body = entry.answer(request.META, state)
    return HttpResponse(body, status=status, headers=dict(headers)) if status == 200 else not_modified(headers)


def not_modified(headers: list[tuple[str, str]]) -> HttpResponse:
    """An answer without a body, and so without a type of content."""
    response = HttpResponseNotModified()
    for name, value in headers:
        response.headers[name] = value
    return response
