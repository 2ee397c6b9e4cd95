"""The outermost middleware: most readers get a cached page before any other code of the site runs.

A page is stored under the site version it was rendered from. Any change creates another version, so later requests get the
new page: one request renders it while the others wait. Pages can show dates, so a page also expires. An expired page of the
current version is rendered again by one request, while the others still get the stale page (stale-while-revalidate).
"""

import datetime as dt
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.utils import timezone

from page_cache import site_version
from page_cache.entry import Entry, new_entry
from page_cache.freshness import said_stale_at
from page_cache.rules import CacheKey, key_for, may_be_stored
from page_cache.store import STORE

#: Headers that an entry sets itself.
ENTRY_HEADERS = frozenset({"content-length", "content-encoding", "etag", "age", "x-cache", "cache-control", "vary"})


def fresh_until() -> float:
    """POSIX timestamp: `PAGE_CACHE_SECONDS` from now, but not after midnight, when prices and review dates can expire."""
    now = timezone.localtime()
    midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(now.timestamp() + settings.PAGE_CACHE_SECONDS, midnight.timestamp())


class PageCacheMiddleware:
    """Serves pages from the store and fills it, as far as the rules allow."""

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
                return respond(request, entry, "HIT")
            return self.refresh(request, key, version, entry)
        return self.render_once(request, key, version, entry)

    def refresh(self, request: HttpRequest, key: CacheKey, version: str, old: Entry) -> HttpResponseBase:
        """An expired page: one request renders it, the others get the stale page."""
        with STORE.render_lock(key, wait=False) as acquired:
            return self.render(request, key, version) if acquired else respond(request, old, "STALE")

    def render_once(self, request: HttpRequest, key: CacheKey, version: str, old: Entry | None) -> HttpResponseBase:
        """A page that is not cached in this version: one of many concurrent requests renders it."""
        if old is None:
            # It is not known yet whether this URL can be cached, so concurrent requests do not wait for each other.
            return self.render(request, key, version)
        with STORE.render_lock(key, wait=True):
            entry = STORE.get(key, version)
            if entry is not None and entry.version == version:
                return respond(request, entry, "HIT")
            return self.render(request, key, version)

    def render(self, request: HttpRequest, key: CacheKey, version: str) -> HttpResponseBase:
        """Let Django build the response, and store it if it is the same for everybody."""
        response = self.get_response(request)
        if not may_be_stored(request, response):
            STORE.drop(key)
            return response
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in ENTRY_HEADERS)
        entry = new_entry(version, min(fresh_until(), said_stale_at(request)), headers, response.content)  # type: ignore[attr-defined]
        STORE.put(key, entry)
        return respond(request, entry, "MISS")


def respond(request: HttpRequest, entry: Entry, state: str) -> HttpResponse:
    """The response for a cached page."""
    status, headers, body = entry.response_for(request.META, state)
    return HttpResponse(body, status=status, headers=dict(headers)) if status == 200 else not_modified(headers)


def not_modified(headers: list[tuple[str, str]]) -> HttpResponse:
    """A 304 response, which has no body and so no content type."""
    response = HttpResponseNotModified()
    for name, value in headers:
        response.headers[name] = value
    return response
