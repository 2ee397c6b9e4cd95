"""Who may get a stored page, and which page may be stored: only what is the same for everybody."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

#: Characters of a query string. A page that many ask for has a short one.
MAX_QUERY = 200
MAX_BODY_BYTES = 1024 * 1024
#: Cache-Control directives that forbid sharing.
PRIVATE_DIRECTIVES = frozenset({"private", "no-store", "no-cache"})
#: The only header that stored answers may vary by.
ALLOWED_VARY = frozenset({"", "accept-encoding"})


class Key(NamedTuple):
    """What one answer belongs to."""

    scheme: str
    host: str
    path: str
    query: str


def key_for(meta: dict[str, Any]) -> Key | None:
    """The key of a request, by its environment, that anybody might have sent; None for one that must be answered by itself."""
    if meta["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta or "HTTP_RANGE" in meta:
        return None
    query = meta.get("QUERY_STRING", "")
    # Looking into the header is faster than parsing it, and an unlucky match only costs a rendering.
    if len(query) > MAX_QUERY or settings.SESSION_COOKIE_NAME in meta.get("HTTP_COOKIE", ""):
        return None
    scheme = f"{meta.get('HTTP_X_FORWARDED_PROTO', '')} {meta['wsgi.url_scheme']}"
    return Key(scheme, meta.get("HTTP_HOST", ""), f"{meta.get('SCRIPT_NAME', '')}{meta.get('PATH_INFO', '')}", query)


def directives(response: HttpResponseBase) -> set[str]:
    """What `Cache-Control` says, without values."""
    return {part.strip().lower().split("=")[0] for part in response.get("Cache-Control", "").split(",")}


def may_be_stored(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether everybody may get this answer."""
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
