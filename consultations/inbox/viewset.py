"""Where the inbox stands in the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from consultations.inbox.views import VIEW_PERMISSION, InboxView, PhotoView, RequestView
from consultations.models import ConsultationRequest


class InboxMenuItem(MenuItem):
    """Shown to those who may read requests, and to nobody else."""

    def is_shown(self, request: object) -> bool:
        return bool(request.user.has_perm(VIEW_PERMISSION))  # type: ignore[attr-defined]


class InboxViewSet(ViewSet):
    """The inbox under /admin/consultations/."""

    name = "consultations"
    url_prefix = "consultations"
    icon = "mail"
    menu_label = _("Requests")
    menu_order = 90
    add_to_admin_menu = True
    menu_item_class = InboxMenuItem
    permission_policy = ModelPermissionPolicy(ConsultationRequest)

    def get_urlpatterns(self) -> list[URLPattern]:
        index = self.construct_view(InboxView, permission_policy=self.permission_policy, index_url_name=self.get_url_name("index"))
        return [
            path("", index, name="index"),
            path("<uuid:pk>/", RequestView.as_view(), name="request"),
            path("<uuid:pk>/photos/<int:position>/", PhotoView.as_view(), name="photo"),
        ]
