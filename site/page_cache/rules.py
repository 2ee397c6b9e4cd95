"""Which requests may get a cached page, and which responses may be cached: only those that are the same for everybody."""

from typing import NamedTuple
from wsgiref.types import WSGIEnvironment

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

#: Maximum length of a query string, in characters. Pages with many readers have short ones.
MAX_QUERY = 200
MAX_BODY_BYTES = 1024 * 1024
#: Cache-Control directives that forbid sharing.
PRIVATE_DIRECTIVES = frozenset({"private", "no-store", "no-cache"})
#: The only header that cached responses may vary on.
ALLOWED_VARY = frozenset({"", "accept-encoding"})


class CacheKey(NamedTuple):
    """Identifies one cached response."""

    scheme: str
    host: str
    path: str
    query: str


def key_for(meta: WSGIEnvironment) -> CacheKey | None:
    """The cache key for a request's WSGI environment; None where the response may differ between readers."""
    if meta["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta or "HTTP_RANGE" in meta:
        return None
    query = meta.get("QUERY_STRING", "")
    # A substring search is faster than parsing the header, and a false match only costs a rendering.
    if len(query) > MAX_QUERY or settings.SESSION_COOKIE_NAME in meta.get("HTTP_COOKIE", ""):
        return None
    scheme = f"{meta.get('HTTP_X_FORWARDED_PROTO', '')} {meta['wsgi.url_scheme']}"
    return CacheKey(scheme, meta.get("HTTP_HOST", ""), f"{meta.get('SCRIPT_NAME', '')}{meta.get('PATH_INFO', '')}", query)


def directives(response: HttpResponseBase) -> set[str]:
    """The directives of `Cache-Control`, without values."""
    return {directive.strip().lower().split("=")[0] for directive in response.get("Cache-Control", "").split(",")}


def may_be_stored(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether everybody may get this response."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not getattr(request, "is_preview", False)
        and not directives(response) & PRIVATE_DIRECTIVES
        and {name.strip().lower() for name in response.get("Vary", "").split(",")} <= ALLOWED_VARY
        and len(response.content) <= MAX_BODY_BYTES  # type: ignore[attr-defined]
    )
