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

from core import site_version
from core.page_cache.rules import Key, key_for, may_be_stored
from core.page_cache.store import STORE, Entry, packed

#: Browsers ask each time whether a page is still the same.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
#: What a stored page sets by itself.
OWN_HEADERS = frozenset({"content-length", "content-encoding", "etag", "age", "x-cache", "cache-control", "vary"})


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
        key = key_for(request) if settings.PAGE_CACHE else None
        if key is None:
            return self.get_response(request)
        try:
            version = site_version.current()
        except site_version.Unavailable:
            return self.get_response(request)
        entry = STORE.get(key, version)
        if entry is not None and entry.version == version:
            if time.time() < entry.fresh_until:
                return answer(request, entry, "HIT")
            return self.render_anew(request, key, version, entry)
        return self.render_once(request, key, version, entry)

    def render_anew(self, request: HttpRequest, key: Key, version: str, old: Entry) -> HttpResponseBase:
        """A page that grew old: one reader renders it, the others get it as it is."""
        with STORE.rendering(key, wait=False) as mine:
            return self.render(request, key, version) if mine else answer(request, old, "STALE")

    def render_once(self, request: HttpRequest, key: Key, version: str, old: Entry | None) -> HttpResponseBase:
        """A page that is not there in this version: of many readers one renders it."""
        if old is None:
            # Nothing says yet that this address can be stored, so nobody waits for it.
            return self.render(request, key, version)
        with STORE.rendering(key, wait=True):
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
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in OWN_HEADERS)
        entry = packed(version, fresh_until(), headers, response.content)  # type: ignore[attr-defined]
        STORE.put(key, entry)
        return answer(request, entry, "MISS")


def answer(request: HttpRequest, entry: Entry, state: str) -> HttpResponse:
    """A stored page, packed as this browser likes it, or word that it has not changed."""
    if request.META.get("HTTP_IF_NONE_MATCH") == entry.etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if entry.brotlied and "br" in accepted:
            body, encoding = entry.brotlied, "br"
        elif entry.gzipped and "gzip" in accepted:
            body, encoding = entry.gzipped, "gzip"
        else:
            body, encoding = entry.plain, ""
        response = HttpResponse(body)
        for name, value in entry.headers:
            response.headers[name] = value
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(body))
    response.headers["ETag"] = entry.etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Age"] = str(max(0, int(time.time() - entry.made_at)))
    response.headers["X-Cache"] = state
    return response
