"""Two short-lived signed cookies in the patient's browser. The site stores neither."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.types import JSONValue

#: Reference and receipt code, to be shown once after sending.
SENT = "consultation-sent"
#: The key of the receipt code that the patient entered.
RECEIPT = "consultation-receipt"
MINUTES = 30


def set_signed(response: HttpResponse, name: str, value: JSONValue) -> None:
    """Set a signed cookie for half an hour. Scripts cannot read it, and it is not sent from other sites."""
    response.set_cookie(
        name,
        signing.dumps(value, salt=name),
        max_age=MINUTES * 60,
        path=reverse("consultation:form"),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def read_signed(request: HttpRequest, name: str) -> JSONValue:
    """The value of a cookie, or None if it is missing, expired or forged."""
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=name, max_age=MINUTES * 60)
    except signing.BadSignature:
        return None


def delete(response: HttpResponse, name: str) -> None:
    """Delete the cookie from the browser."""
    response.delete_cookie(name, path=reverse("consultation:form"), samesite="Strict")
