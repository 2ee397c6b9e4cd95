"""The second factor in the account menu, and the grants that all apps share."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.documents.models import AbstractDocument

from accounts.grants import GRANTS
from accounts.roles import ROLE_GRANTS_HOOK, Grants, Role
from common.types import Staff


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


@hooks.register("register_account_menu_item")
def sessions(request: HttpRequest) -> dict[str, object]:
    """The menu item for one's own sessions."""
    return {
        "url": reverse("account_sessions"),
        "label": _("Where you are signed in"),
        "help_text": _("Your browsers, and how to end the others."),
    }


@hooks.register("insert_global_admin_js")
def add_session_script() -> str:
    """Keeps the session of a user who is active, and leaves pages with patients' words when nobody is."""
    return format_html('<script src="{}" defer></script>', static("js/session.js"))


@hooks.register("register_user_listing_buttons")
def unlock_button(user: Staff, request_user: Staff) -> Iterator[Button]:
    """For administrators, beside each account in the list."""
    if request_user.has_perm("core.change_user"):
        yield Button(_("Unlock sign-in"), url=reverse("account_unlock", args=(user.pk,)), icon_name="lock-open", priority=30)


@hooks.register("insert_global_admin_js")
def passkey_script() -> SafeString:
    """What keeps a passkey from working, in words."""
    return format_html(
        '<script src="{}" defer data-number="{}" data-cancelled="{}" data-known="{}" data-failed="{}"></script>',
        static("js/passkeys.js"),
        _("Passkeys work only at an address with a name. Open this page at"),
        _("Nothing was done: the passkey was not chosen in time, or the device said no. Try again, or use your password."),
        _("This device has a passkey for your account already."),
        _("The passkey could not be used on this device. Try again, or use your password and a code."),
    )
