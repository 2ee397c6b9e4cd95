"""Two short-lived cookies in the patient's own browser. The site keeps nothing of them."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

#: Reference and receipt code, to be shown once after sending.
SENT = "consultation-sent"
#: Which request a receipt code opened.
RECEIPT = "consultation-receipt"
MINUTES = 30


def put(response: HttpResponse, name: str, value: Any) -> None:
    """Leave a signed value with the browser for half an hour, out of reach of scripts and of other sites."""
    response.set_cookie(
        name,
        signing.dumps(value, salt=name),
        max_age=MINUTES * 60,
        path=reverse("consultation:form"),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def read(request: HttpRequest, name: str) -> Any:
    """What the browser brought back, or None."""
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=name, max_age=MINUTES * 60)
    except signing.BadSignature:
        return None


def drop(response: HttpResponse, name: str) -> None:
    """Take the cookie away."""
    response.delete_cookie(name, path=reverse("consultation:form"), samesite="Strict")
