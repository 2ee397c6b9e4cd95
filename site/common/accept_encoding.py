"""What a browser says about compressed answers, read as the standard says (RFC 9110, 12.5.3)."""

from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

#: The codings that the site has.
CODINGS = ("br", "gzip")


def accepts(header: str, coding: str) -> bool:
    """Whether an `Accept-Encoding` header allows a coding: it is named, and not with the weight 0."""
    if coding not in header:
        return False
    for part in header.split(","):
        name, _semicolon, weight = part.replace(" ", "").lower().partition(";q=")
        if name == coding:
            return weight.strip("0.") != "" if weight else True
    return False


class AcceptEncodingMiddleware(MiddlewareMixin):
    """Leaves of the header only what it allows, since static files are chosen by bare names in it. It stands before their middleware."""

    def process_request(self, request: HttpRequest) -> None:
        header = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if ";" in header:
            request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(coding for coding in CODINGS if accepts(header, coding))
