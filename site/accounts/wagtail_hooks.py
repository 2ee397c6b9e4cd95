"""The second factor in the account menu, and the grants that all apps share."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.grants import GRANTS
from accounts.roles import ROLE_GRANTS_HOOK, Grants, Role


@hooks.register(ROLE_GRANTS_HOOK)
def shared_grants() -> dict[Role, Grants]:
    return GRANTS


@hooks.register("register_account_menu_item")
def second_factor(request: HttpRequest) -> dict[str, object]:
    """The menu item for passkeys, authenticator app and recovery codes in the user's account."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("Passkeys, authenticator app and recovery codes."),
    }
