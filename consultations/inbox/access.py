"""What all views of the inbox share: permissions, no caching, and the idle timeout."""

import time

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import View
from wagtail.admin.auth import permission_denied, require_admin_access

from accounts.models import User
from common.types import Extra

VIEW = "consultations.view_consultationrequest"
CHANGE = "consultations.change_consultationrequest"
EXPORT = "consultations.export_consultationrequest"
DESTROY = "consultations.destroy_consultationrequest"
VIEW_ACCESS_LOG = "consultations.view_accessrecord"

IDLE_SECONDS = 15 * 60
LAST_SEEN_KEY = "inbox_last_seen"


class StaffRequest(HttpRequest):
    """A request that passed `require_admin_access`. A type only: nothing creates it."""

    user: User


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
@method_decorator(require_admin_access, name="dispatch")
class InboxAccess(View):
    """A view for users with `permission`, who are signed out after 15 minutes without activity."""

    permission = VIEW
    request: StaffRequest

    def dispatch(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponseBase:
        # Every view but the access log shows requests, so it needs the permission to view them too.
        required = {self.permission} if self.permission == VIEW_ACCESS_LOG else {VIEW, self.permission}
        if not request.user.has_perms(required):
            return permission_denied(request)
        last_seen = request.session.get(LAST_SEEN_KEY)
        if last_seen and time.time() - last_seen > IDLE_SECONDS:
            return self.sign_out(request)
        request.session[LAST_SEEN_KEY] = time.time()
        return super().dispatch(request, *args, **kwargs)

    def sign_out(self, request: HttpRequest) -> HttpResponse:
        """End the session, and redirect to the sign-in page, which leads back to the current page."""
        logout(request)
        messages.info(request, _("You were signed out after 15 minutes without activity, because patients' words were on the screen."))
        back = request.get_full_path() if request.method == "GET" else reverse("consultations:index")
        return HttpResponseRedirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': back})}")
