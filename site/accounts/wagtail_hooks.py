"""The second factor in the account menu, and the grants that all apps share."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents.models import AbstractDocument

from accounts.grants import GRANTS
from accounts.roles import ROLE_GRANTS_HOOK, Grants, Role


@hooks.register(ROLE_GRANTS_HOOK)
def shared_grants() -> dict[Role, Grants]:
    return GRANTS


@hooks.register("before_serve_document")
def refuse_strangers(document: AbstractDocument, request: HttpRequest) -> None:
    """A staff process hands documents to staff only: readers get theirs from the public side. Raises `Http404`."""
    if settings.SITE_ROLE == "staff" and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


@hooks.register("register_account_menu_item")
def second_factor(request: HttpRequest) -> dict[str, object]:
    """The menu item for passkeys, authenticator app and recovery codes in the user's account."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("Passkeys, authenticator app and recovery codes."),
    }
