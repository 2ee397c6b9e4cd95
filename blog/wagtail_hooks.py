"""Permissions on topics, and the shortcut “Write an article” on the staff start page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from accounts.roles import ROLE_GRANTS_HOOK, Grants, Role, edit_permissions
from blog.models import ArticleIndexPage
from dashboard.welcome import SHORTCUT_HOOK, Shortcut


@hooks.register(ROLE_GRANTS_HOOK)
def topic_grants() -> dict[Role, Grants]:
    topics = Grants(permissions=edit_permissions("blog.topic"))
    return {Role.EDITOR: topics, Role.SITE_MANAGER: topics}


@hooks.register(SHORTCUT_HOOK, order=10)
def write_an_article(request: HttpRequest) -> Shortcut | None:
    index = ArticleIndexPage.objects.first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    return Shortcut(_("Write an article"), reverse("wagtailadmin_pages:add", args=("blog", "articlepage", index.pk)), "edit")
