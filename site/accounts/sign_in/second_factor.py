"""With `REQUIRE_MFA`, a password alone gives no access to the admin."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.sign_in.staff_addresses import is_for_staff
from common.types import Extra, Staff

FACTOR_PREFIX = "/admin/account/second-factor/"
#: For signing in or out, and for using an existing second factor.
OPEN_PREFIXES = (
    f"{FACTOR_PREFIX}authenticate/",
    f"{FACTOR_PREFIX}reauthenticate/",
    f"{FACTOR_PREFIX}webauthn/reauthenticate/",
    f"{FACTOR_PREFIX}webauthn/login/",
    "/admin/account/login/",
    "/admin/account/logout/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/password_reset/",
    "/admin/jsi18n/",
)
#: Only for staff without a second factor: with one, a password alone must not add or remove another.
SETUP_PREFIXES = (FACTOR_PREFIX, "/admin/account/reauthenticate/")
#: Session key: primary key of the user who set up a factor in this session.
SET_UP_BY = "second_factor_set_up_by"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with more than a password, or a factor was set up in it."""
    records = get_authentication_records(request, request.user)
    return request.session.get(SET_UP_BY) == request.user.pk or any(entry.get("method") == "mfa" for entry in records)


class SecondFactorMiddleware(MiddlewareMixin):
    """Requires a second factor for every URL of the admin, so that a view that is added later is protected too."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        path = request.path_info
        if not settings.REQUIRE_MFA or not is_for_staff(request) or path.startswith(OPEN_PREFIXES):
            return None
        if not request.user.is_authenticated or used_second_factor(request):
            return None
        if is_mfa_enabled(request.user, FACTORS):
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        if path.startswith(SETUP_PREFIXES):
            return None
        messages.warning(request, _("Before you start, set up a second way to prove that it is you: a passkey, or an authenticator app."))
        return HttpResponseRedirect(reverse("mfa_index"))


@receiver(authenticator_added)
def count_setup_as_use(request: HttpRequest, user: Staff, authenticator: Authenticator, **kwargs: Extra) -> None:
    """To set up a factor proves it as well as to use it, so staff do not have to use it again at once."""
    if authenticator.type in FACTORS:
        request.session[SET_UP_BY] = user.pk
