"""Proving again that it is oneself: after a quarter of an hour without activity, and before what cannot be taken back.

A form that is sent without such proof is not lost: the response holds everything that was typed, to be sent again once it is proved.
"""

import time

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

#: A proof (password, code or passkey) counts for so long before what is grave.
RECENT_SECONDS = 10 * 60
#: Changes below these addresses decide who may do what.
GRAVE_PREFIXES = ("/admin/users/", "/admin/groups/", "/admin/settings/consultations/")
#: Not held in the page: Django's token, which the response writes anew, and passwords, which are typed again.
NOT_HELD = ("csrfmiddlewaretoken", "password")


def last_proof(request: HttpRequest) -> float:
    """POSIX timestamp of the last time that the user of this session proved who they are. 0 where that is not known."""
    records = get_authentication_records(request, request.user)
    return max((float(record.get("at", 0)) for record in records), default=0.0)


def is_recent(request: HttpRequest) -> bool:
    """Whether the last proof is recent enough for what is grave."""
    return time.time() - last_proof(request) < RECENT_SECONDS


def ask_for_proof(request: HttpRequest, reason: str | Promise) -> HttpResponse:
    """A page that says why a proof is asked for, leads to it in a tab of its own, and sends the same form again afterwards.

    Status 403, so that nothing takes it for a success. Files cannot be held for sending again; the page says so.
    """
    fields = [(name, value) for name, values in request.POST.lists() if not name.startswith(NOT_HELD) for value in values]
    context = {
        "reason": reason,
        "fields": fields,
        "action": request.get_full_path(),
        "has_files": bool(request.FILES),
        "has_passwords": any(name.startswith("password") and value for name, value in request.POST.items()),
        "proof_url": f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('account_proved')})}",
    }
    response = render(request, "admin/account/prove.html", context, status=403)
    response.headers["Cache-Control"] = "no-store, private"
    return response


class ProofMiddleware(MiddlewareMixin):
    """Wants a recent proof before anybody changes accounts, roles or how long requests are kept, whichever view does it."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        is_grave = request.method == "POST" and request.path_info.startswith(GRAVE_PREFIXES) and request.user.is_authenticated
        if not is_grave or is_recent(request):
            return None
        return ask_for_proof(request, _("Accounts, roles and how long requests are kept matter to everybody, so prove that it is you."))
