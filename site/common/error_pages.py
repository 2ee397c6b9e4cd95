"""Error pages in the site's own design, down to one that needs nothing at all."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

LAST_RESORT = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Something went wrong</title>"
    "<h1>Something went wrong</h1><p>Please try again in a minute, or phone the clinic. In an emergency call 911."
)


def render_error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """The error page with menus where the database answers, else without, else one line of HTML."""
    context = {"status": status, "title": title, "text": text}
    for template in ("errors/error.html", "errors/bare.html"):
        try:
            return HttpResponse(
                loader.render_to_string(template, context, request=request if template == "errors/error.html" else None), status=status
            )
        except (DatabaseError, TemplateDoesNotExist):
            logger.warning("an error page fell back to a simpler one")
    return HttpResponse(LAST_RESORT, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: something in the address or the cookies cannot be read. Shown without menus, before any query."""
    text = _("The address or something your browser sent could not be read. Check the address, or start from the home page.")
    return HttpResponse(
        loader.render_to_string("errors/bare.html", {"status": 400, "title": _("We could not read that"), "text": text}), status=400
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render_error(
        request, 403, _("This page is not open to you"), _("If you work at the clinic, sign in with an account that may see it.")
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render_error(
        request,
        404,
        _("We could not find that page"),
        _("It may have moved, or the address may have a typing mistake. Search below, or start from one of these pages."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: never touches the database, which may be what failed."""
    text = _("The fault is ours, and we have been told. Please try again in a minute, or phone the clinic.")
    try:
        return HttpResponse(
            loader.render_to_string("errors/bare.html", {"status": 500, "title": _("Something went wrong"), "text": text}), status=500
        )
    except Exception:  # noqa: BLE001 the page that must always answer
        return HttpResponse(LAST_RESORT, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form's security token is missing or too old."""
    text = _(
        "For your safety this form can only be sent from our own page, with cookies allowed. Go back, reload the page and send it again."
    )
    return render_error(request, 403, _("The form could not be sent"), text)
