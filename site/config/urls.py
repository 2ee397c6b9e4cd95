"""Every address of the site. Wagtail's pages come last, since they match anything."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.views import authenticate_with_password

from core.sign_in.views import SignInView
from core.views import machines
from core.views.pages import serve as serve_page
from home.search.views import search, suggest
from home.styleguide import styleguide

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.permission_denied"
handler404 = "core.views.errors.page_not_found"
handler500 = "core.views.errors.server_error"

urlpatterns = [
    path("healthz", machines.healthz),
    path("readyz", machines.readyz),
    path("robots.txt", machines.robots),
    path("favicon.ico", machines.favicon),
    path("manifest.webmanifest", machines.manifest),
    re_path(r"^share/(?P<page_id>\d{1,9})-(?P<digest>[0-9a-f]{12})\.png$", machines.share_picture),
    path(".well-known/security.txt", machines.security_txt),
    path("sitemap.xml", sitemap),
]

if settings.SITE_ROLE != "public":
    urlpatterns += [
        path("admin/login/", SignInView.as_view(), name="wagtailadmin_login"),
        path("admin/account/", include("core.sign_in.urls")),
        path("admin/", include(wagtailadmin_urls)),
    ]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", machines.media)]

urlpatterns += [
    path("documents/", include(wagtaildocs_urls)),
    path("styleguide/", styleguide, name="styleguide"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("", include("treatments.urls")),
    # Pages for signed-in readers only: patients have no accounts, so the way leads to the staff's sign-in, where there is one.
    path("_util/login/", machines.sign_in, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    # Last, since it matches anything.
    re_path(serve_pattern, serve_page, name="wagtail_serve"),
]
