"""Error pages in the site's design, with fallbacks that need neither the database nor templates."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

FALLBACK_HTML = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Something went wrong</title>"
    "<h1>Something went wrong</h1><p>Please try again in a minute, or phone the clinic. In an emergency call 911."
)


def render_error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """The error page with menus; without menus where the database fails; one line of HTML where the templates fail too."""
    context = {"status": status, "title": title, "text": text}
    for template in ("errors/error.html", "errors/bare.html"):
        try:
            return HttpResponse(
                loader.render_to_string(template, context, request=request if template == "errors/error.html" else None), status=status
            )
        except (DatabaseError, TemplateDoesNotExist):
            logger.warning("an error page fell back to a simpler one")
    return HttpResponse(FALLBACK_HTML, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the cookies cannot be read. Rendered without menus, so that no query runs."""
    text = _("The address or something your browser sent could not be read. Check the address, or start from the home page.")
    return HttpResponse(
        loader.render_to_string("errors/bare.html", {"status": 400, "title": _("We could not read that"), "text": text}), status=400
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render_error(
        request, 403, _("You can't open this page"), _("If you work at the clinic, sign in with an account that may see it.")
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render_error(
        request,
        404,
        _("We could not find that page"),
        _("It may have moved, or the address may have a typo. Search below, or start from one of these pages."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: runs no query, because the database may be what failed."""
    text = _("This is our fault, and we've been notified. Please try again in a minute, or phone the clinic.")
    try:
        return HttpResponse(
            loader.render_to_string("errors/bare.html", {"status": 500, "title": _("Something went wrong"), "text": text}), status=500
        )
    except Exception:  # noqa: BLE001 this view must always return a page
        return HttpResponse(FALLBACK_HTML, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the CSRF token of a form is missing or expired."""
    text = _(
        "Nothing was sent. Go back in your browser and send it again: what you typed is still there. If this page comes up again, your "
        "browser is blocking cookies for this site; allow them, or call us."
    )
    return render_error(request, 403, _("The form could not be sent"), text)
