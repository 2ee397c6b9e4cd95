"""What all views of the inbox share: permissions, and no caching."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
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


class StaffRequest(HttpRequest):
    """A request that passed `require_admin_access`. A type only: nothing creates it."""

    user: User


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
@method_decorator(require_admin_access, name="dispatch")
class InboxAccess(View):
    """A view for users with `permission`."""

    permission = VIEW
    request: StaffRequest

    def dispatch(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponseBase:
        # Every view but the access log shows requests, so it needs the permission to view them too.
        required = {self.permission} if self.permission == VIEW_ACCESS_LOG else {VIEW, self.permission}
        if not request.user.has_perms(required):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)
