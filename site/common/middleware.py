"""Checks and security headers for every request."""

import re

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from common.error_pages import bad_request, page_not_found
from common.types import Extra

ADMIN_PREFIX = "/admin/"
#: The inbox takes what makes no sense for no filter.
LENIENT_PREFIX = "/admin/consultations/"
#: A page of a list. Wagtail's own links have none but these.
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
#: Digits of an id that every database can hold.
MAX_DIGITS = 18


class RefuseNulBytesMiddleware(MiddlewareMixin):
    """Refuses a path, query string or cookie with a NUL byte before any query, because no database column can hold one."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if (
            "\0" in request.path
            or "%00" in request.META.get("QUERY_STRING", "")
            or any("\0" in value for value in request.COOKIES.values())
        ):
            return bad_request(request)
        return None


class RefuseOddNumbersMiddleware(MiddlewareMixin):
    """Answers 404 for a page that no list has, and for ids that no column can hold, where the admin itself would fail."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if not request.path.startswith(ADMIN_PREFIX) or request.path.startswith(LENIENT_PREFIX) or "?" not in request.get_full_path():
            return None
        page = request.GET.get("p", "1")
        too_large = any(str(value).isdigit() and len(value) > MAX_DIGITS for name, value in request.GET.items() if name != "q")
        if too_large or not PAGE_NUMBER.fullmatch(page):
            return page_not_found(request)
        return None


class SecurityHeadersMiddleware(MiddlewareMixin):
    """Sets headers that Django has no setting for."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """A strict policy for readers and a looser one for staff: Wagtail's editor has inline scripts and shows previews in a frame."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False, **kwargs: Extra) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only, **kwargs)
        path = request.path_info
        is_loose = path.startswith("/admin/") and not path.startswith(settings.STRICT_ADMIN_PREFIXES)
        if is_loose or getattr(request, "is_preview", False):
            parts.replace = {**(parts.replace or {}), **settings.ADMIN_CONTENT_SECURITY_POLICY}
        return parts
