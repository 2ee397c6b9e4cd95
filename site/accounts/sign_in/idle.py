"""After 15 minutes without activity anywhere in the admin, a session opens nothing any more. What was being edited is not lost."""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.sign_in.recent import ask_for_proof, last_proof
from accounts.sign_in.staff_addresses import STAFF_PREFIX, is_for_staff

IDLE_SECONDS = 15 * 60
LAST_SEEN_KEY = "last_seen"
#: Each request moves the end of a Django session, so its longest life is counted from here.
BEGAN_KEY = "began"
#: What the editor asks by itself while nobody is there.
AUTOMATIC = ("/admin/editing-sessions/ping/", "/admin/jsi18n/", "/admin/sprite")
#: Where a session that was idle for too long may still go: to prove that it is oneself, and out.
OPEN_PREFIXES = (
    "/admin/account/reauthenticate/",
    "/admin/account/second-factor/reauthenticate/",
    "/admin/account/second-factor/webauthn/reauthenticate/",
    "/admin/account/proved/",
    "/admin/account/idle/",
    "/admin/logout/",
    "/admin/login/",
)


#: Where somebody who is not signed in sends a form.
SIGN_IN_PREFIXES = ("/admin/login/", "/admin/logout/", "/admin/password_reset/", "/admin/account/")


def session_has_ended(request: HttpRequest) -> HttpResponse | None:
    """To the sign-in, and from there back to the page with the form: the address that it was sent to may be for sending only."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if not request.path_info.startswith(STAFF_PREFIX) or came_from.netloc != request.get_host():
        return None
    messages.warning(request, _("Your session had ended, so what you sent was not kept. Sign in, and send it again."))
    return HttpResponseRedirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': came_from.path})}")


class IdleTimeoutMiddleware(MiddlewareMixin):
    """Counts activity in one place, for the whole admin.

    A page that is opened too late leads to the sign-in. A form that is sent too late leads to a page that holds what was typed.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        path = request.path_info
        if not is_for_staff(request) or path.startswith(AUTOMATIC):
            return None
        if not request.user.is_authenticated:
            return session_has_ended(request) if request.method == "POST" and not path.startswith(SIGN_IN_PREFIXES) else None
        last_seen = request.session.get(LAST_SEEN_KEY)
        # A proof that was given since then counts as activity.
        if last_seen and time.time() - max(last_seen, last_proof(request)) > IDLE_SECONDS:
            if path.startswith(OPEN_PREFIXES):
                return None
            if request.method == "POST":
                return ask_for_proof(request, _("Nothing happened here for 15 minutes, so we must know that it is still you."))
            return end_idle_session(request, request.get_full_path())
        age = time.time() - request.session.setdefault(BEGAN_KEY, time.time())
        if age > settings.SESSION_COOKIE_AGE and not path.startswith(OPEN_PREFIXES):
            return end_idle_session(request, request.get_full_path())
        request.session[LAST_SEEN_KEY] = time.time()
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Nothing that a signed-in member of staff sees is stored on the way or in the browser's cache."""
        user = getattr(request, "user", None)
        if request.path_info.startswith(STAFF_PREFIX) and user is not None and user.is_authenticated and "Cache-Control" not in response:
            response.headers["Cache-Control"] = "no-store, private"
        return response


def end_idle_session(request: HttpRequest, back: str) -> HttpResponse:
    """End the session, and redirect to the sign-in page, which leads back to the page that was open."""
    request.is_idle = True  # type: ignore[attr-defined]
    logout(request)
    messages.info(request, _("You were signed out after 15 minutes without activity, or half a day in all."))
    return HttpResponseRedirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': back})}")
