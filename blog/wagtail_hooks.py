"""Writing an article is one tap away from the admin's home page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from blog.models import ArticleIndexPage
from core.today import SHORTCUTS, Shortcut


@hooks.register(SHORTCUTS, order=10)
def write_an_article(request: HttpRequest) -> Shortcut | None:
    index = ArticleIndexPage.objects.first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    return Shortcut(_("Write an article"), reverse("wagtailadmin_pages:add", args=("blog", "articlepage", index.pk)), "edit")
