"""Addresses for machines: health, robots, security contact."""

import datetime as dt
import posixpath

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

TEXT = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type=TEXT)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can do its work: the database answers and is migrated."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return HttpResponse("migrations are missing\n", status=503, content_type=TEXT)
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type=TEXT)
    return HttpResponse("ok\n", content_type=TEXT)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask without looking into the page."""
    return HttpResponseRedirect(static("icons/icon-32.png"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; staff pages, search results and a patient's own pages are nobody's business."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in ("/admin/", "/search/", "/consultation/sent/", "/consultation/receipt/", "/documents/")]
    lines += ["", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    expires = (timezone.now() + dt.timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture's sizes. Originals keep full detail and what a camera wrote into them, so they are nobody's business."""
    clean = posixpath.normpath(path).lstrip("/")
    if clean.split("/")[0] == "original_images":
        raise Http404
    return serve(request, clean, document_root=str(settings.MEDIA_ROOT))


def sign_in(request: HttpRequest) -> HttpResponse:
    """To the staff's sign-in page, and back afterwards; 404 where this process has none."""
    if settings.SITE_ROLE == "public":
        raise Http404
    return HttpResponseRedirect(f"{reverse('wagtailadmin_login')}?{request.GET.urlencode()}")
