"""All URLs of the site."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.views import authenticate_with_password

from accounts.sign_in.views import SignInView, SignOutView
from core import endpoints
from home.search.views import search, suggest
from home.styleguide import styleguide
from page_tree.views import serve as serve_page

handler400 = "common.error_pages.bad_request"
handler403 = "common.error_pages.permission_denied"
handler404 = "common.error_pages.page_not_found"
handler500 = "common.error_pages.server_error"

urlpatterns = [
    path("robots.txt", endpoints.robots),
    path("favicon.ico", endpoints.favicon),
    path("manifest.webmanifest", endpoints.manifest),
    re_path(r"^share/(?P<page_id>\d{1,9})-(?P<digest>[0-9a-f]{12})\.png$", endpoints.share_image),
    path(".well-known/security.txt", endpoints.security_txt),
    path("sitemap.xml", sitemap),
]

if settings.SITE_ROLE != "public":
    urlpatterns += [
        path("admin/login/", SignInView.as_view(), name="wagtailadmin_login"),
        path("admin/logout/", SignOutView.as_view(), name="wagtailadmin_logout"),
        path("admin/account/", include("accounts.sign_in.urls")),
        path("admin/", include(wagtailadmin_urls)),
    ]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", endpoints.media)]

urlpatterns += [
    path("documents/", include(wagtaildocs_urls)),
    path("styleguide/", styleguide, name="styleguide"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("blog/", include("blog.urls")),
    path("consultation/", include("consultations.urls")),
    path("", include("treatments.urls")),
    # For pages that require sign-in. Patients have no accounts, so it redirects to the staff's sign-in, where this process has one.
    path("_util/login/", endpoints.sign_in, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    # Last, because Wagtail's pages match any path.
    re_path(serve_pattern, serve_page, name="wagtail_serve"),
]
