"""What is checked or added around every request."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from core.review.obstacles import ReviewProblem
from core.views.errors import bad_request


class RefuseNulBytesMiddleware(MiddlewareMixin):
    """No database text can hold a NUL byte, so an address or cookie with one is refused before any query."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if (
            "\0" in request.path
            or "%00" in request.META.get("QUERY_STRING", "")
            or any("\0" in value for value in request.COOKIES.values())
        ):
            return bad_request(request)
        return None


class SecurityHeadersMiddleware(MiddlewareMixin):
    """Headers that Django has no setting for."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict for readers; looser for staff: Wagtail's editor has inline scripts, and shows previews in a frame."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False, **kwargs: Any) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only, **kwargs)
        if request.path_info.startswith("/admin/") or getattr(request, "is_preview", False):
            parts.replace = {**(parts.replace or {}), **settings.ADMIN_CONTENT_SECURITY_POLICY}
        return parts


class ReviewProblemMiddleware(MiddlewareMixin):
    """Where staff meet the gate on a road that has no form of its own, they read why, and nothing was published."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ReviewProblem) or not request.path_info.startswith("/admin/"):
            return None
        for message in exception.messages:
            messages.error(request, message)
        page = exception.page
        if page is not None and page.pk and page.permissions_for_user(request.user).can_edit():
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
