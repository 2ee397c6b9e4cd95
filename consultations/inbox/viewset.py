"""The menu item and the URLs of the inbox in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from consultations.inbox.access import VIEW
from consultations.inbox.access_log_report import AccessLogView
from consultations.inbox.bulk import BulkView
from consultations.inbox.listing import InboxView
from consultations.inbox.request_views import ChangeView, NoteView, PhotoView, PrintView, RequestView


class InboxMenuItem(MenuItem):
    """Shown only to users who may view requests."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW))


class InboxViewSet(ViewSet):
    """The inbox under /admin/consultations/."""

    name = "consultations"
    url_prefix = "consultations"
    icon = "mail"
    menu_label = _("Requests")
    menu_order = 90
    add_to_admin_menu = True
    menu_item_class = InboxMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", InboxView.as_view(), name="index"),
            path("bulk/", BulkView.as_view(), name="bulk"),
            path("record/", AccessLogView.as_view(), name="record"),
            path("<uuid:pk>/", RequestView.as_view(), name="request"),
            path("<uuid:pk>/change/", ChangeView.as_view(), name="change"),
            path("<uuid:pk>/note/", NoteView.as_view(), name="note"),
            path("<uuid:pk>/print/", PrintView.as_view(), name="print"),
            path("<uuid:pk>/photos/<int:position>/", PhotoView.as_view(), name="photo"),
        ]
