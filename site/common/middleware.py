"""Checks and security headers for every request."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from common.error_pages import bad_request
from common.types import Extra


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
