"""Error pages in the site's design, with fallbacks that need neither the database nor templates."""

import logging

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from common.text import clean_text

logger = logging.getLogger(__name__)

#: Parts of the names of fields whose values are not put into a page.
SECRETS = ("password", "credential", "otp")

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


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request."""
    sent_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return "://" in sent_from and "/".join(sent_from.split("/")[:3]) in own


def stale_form(request: HttpRequest) -> HttpResponse | None:
    """403 with everything that was typed and a fresh token, so that it can be sent again. None where that would not be safe.

    What another site sent must never come with a token of ours, and a password is not put into a page.
    """
    posted = request.POST.lists()
    fields = [(name, clean_text(str(value))) for name, values in posted for value in values if name != "csrfmiddlewaretoken"]
    if not fields or not is_from_here(request) or any(secret in name for name, _value in fields for secret in SECRETS):
        return None
    context = {
        "status": 403,
        "title": _("This page was open for too long"),
        "text": _("Nothing was sent yet, and nothing that you typed is lost. Send it again with the button below."),
        "fields": fields,
        "texts": [value for _name, value in fields if " " in value.strip()],
        "is_multipart": request.content_type == "multipart/form-data",
    }
    response = HttpResponse(loader.render_to_string("errors/stale_form.html", context, request=request), status=403)
    add_never_cache_headers(response)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the CSRF token of a form is missing or expired."""
    try:
        response = stale_form(request)
    except (DatabaseError, SuspiciousOperation):
        response = None
    if response is not None:
        return response
    text = _(
        "Nothing was sent. Go back in your browser and send it again: what you typed is still there. If this page comes up again, your "
        "browser is blocking cookies for this site; allow them, or call us."
    )
    return render_error(request, 403, _("The form could not be sent"), text)
