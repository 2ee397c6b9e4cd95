"""The review in the admin: URLs, menu item, and the editor's action that leads there."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from common.types import Context
from review.permissions import may_approve
from review.views import ReviewScreen, waiting_pages


class ReviewMenuItem(MenuItem):
    """Shown to clinicians."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_approve(request.user)


class ReviewViewSet(ViewSet):
    """Reviews under /admin/review/."""

    name = "review"
    url_prefix = "review"
    icon = "check"
    menu_label = gettext_lazy("To review")
    menu_order = 95
    add_to_admin_menu = True
    menu_item_class = ReviewMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", require_admin_access(waiting_pages), name="waiting"),
            path("<int:page_id>/", require_admin_access(ReviewScreen.as_view()), name="page"),
        ]

    @property
    def menu_url(self) -> str:
        return reverse("review:waiting")


class ReviewActionItem(ActionMenuItem):
    """An action of the page editor that links to the review screen."""

    label = gettext_lazy("Review this text")
    name = "action-review"
    icon_name = "check"

    def get_url(self, parent_context: Context) -> str:
        return reverse("review:page", args=(parent_context["page"].pk,))
