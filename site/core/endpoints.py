"""Small endpoints: health, robots.txt, web app manifest, share images, security.txt, media in development."""

import datetime as dt
import posixpath

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.models import Page

from core.models.clinic import ClinicDetails
from core.models.pages import BasePage
from images.share_image import draw_share_image
from page_tree.routing import site_of
from page_tree.visibility import published

TEXT = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Liveness probe: the process is alive. Sends no query."""
    return HttpResponse("ok\n", content_type=TEXT)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Readiness probe: the database answers and no migration is missing. Status 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return HttpResponse("migrations are missing\n", status=503, content_type=TEXT)
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type=TEXT)
    return HttpResponse("ok\n", content_type=TEXT)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that request /favicon.ico without reading the page."""
    return HttpResponseRedirect(static("icons/icon-32.png"))


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest, for adding the site to a phone's home screen."""
    name = ClinicDetails.of(site_of(request)).clinic_name
    icons = [
        {"src": static("icons/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("icons/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("icons/icon-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        {"src": static("icons/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    content = {
        "name": name, "short_name": name, "start_url": "/", "display": "browser", "lang": settings.LANGUAGE_CODE,
        "background_color": "#fbf7f0", "theme_color": "#fbf7f0", "icons": icons,
    }  # fmt: skip
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def share_image(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """The share image of a published page. The address contains the digest of its content, so it can be cached forever."""
    page = get_object_or_404(published(Page.objects.filter(pk=page_id, depth__gt=1))).specific
    clinic = ClinicDetails.of(site_of(request))
    if not isinstance(page, BasePage) or not page.share_address(clinic).endswith(f"-{digest}.png"):
        raise Http404
    return HttpResponse(draw_share_image(page.title, str(page.kind_label), clinic.clinic_name), content_type="image/png")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Allow crawlers to read everything except the admin, patients' pages, documents and the style guide."""
    lines = ["User-agent: *"]
    patient_pages = (reverse("consultation:sent"), reverse("consultation:receipt"))
    lines += [f"Disallow: {path}" for path in ("/admin/", *patient_pages, "/documents/", "/styleguide/")]
    lines += ["", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a vulnerability (RFC 9116)."""
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
    """Serve what is made for readers: the sizes of images, and on the staff side portraits of staff.

    Nothing else: originals have the full resolution and the metadata of the camera, and documents have a view that knows who may read them.
    """
    clean_path = posixpath.normpath(path).lstrip("/")
    folders = ("images",) if settings.SITE_ROLE == "public" else ("images", "avatar_images")
    if clean_path.split("/")[0] not in folders:
        raise Http404
    default_storage.path(clean_path)
    return serve(request, clean_path, document_root=str(settings.MEDIA_ROOT))


def sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the staff's sign-in page, with the `next` address. 404 where this process serves no admin."""
    if settings.SITE_ROLE == "public":
        raise Http404
    return HttpResponseRedirect(f"{reverse('wagtailadmin_login')}?{request.GET.urlencode()}")
