"""Wagtail's sign-in page, followed by django-allauth, which asks for the second factor."""

from allauth.account.forms import LoginForm
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.views.account import LoginView, LogoutView

from accounts.models import User
from accounts.sign_in.idle import end_idle_session
from accounts.sign_in.recent import ask_for_proof, is_recent
from accounts.sign_in.sessions import end_other_sessions, sessions_of
from accounts.sign_in.throttle import is_locked, unlock
from accounts.signals import account_unlocked
from common.types import Extra


class StaffRequest(HttpRequest):
    """A request that passed `require_admin_access`. A type only: nothing creates it."""

    user: User


#: What a browser forgets at sign-out: pages that a shared computer would otherwise show with its Back button.
CLEARED = '"cache", "storage"'


class SignInView(LoginView):
    """Checks the password. The user is signed in only after the second factor, where there is one."""

    def post(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponse:
        if is_locked(request, request.POST.get("username", "")[:150]):
            return render(request, "admin/locked_out.html", status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: WagtailLoginForm) -> HttpResponse:
        # Wagtail's form has checked the password. allauth's form gets the result, so that the password is not checked twice.
        allauth_form = LoginForm(request=self.request)
        allauth_form.cleaned_data = {**form.cleaned_data, "login": form.get_user().get_username()}
        allauth_form._login = Login(user=form.get_user())
        return allauth_form.login(self.request, redirect_url=self.get_success_url())


class SignOutView(LogoutView):
    """Ends the session, and lets the browser forget what it stored of the admin."""

    def dispatch(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = CLEARED
        return response


@require_admin_access
@never_cache
def proved(request: HttpRequest) -> HttpResponse:
    """Where a proof in a tab of its own ends (see `recent`)."""
    return render(request, "admin/account/proved.html")


@require_admin_access
def alive(request: HttpRequest) -> HttpResponse:
    """Keeps the session of a user who is active on one page: the middleware has counted this request."""
    return HttpResponse(status=204)


def idle(request: HttpRequest) -> HttpResponse:
    """End the session of a user whose browser saw no activity for 15 minutes."""
    return end_idle_session(request, request.GET.get("next", ""))


@require_admin_access
@never_cache
def sessions(request: StaffRequest) -> HttpResponse:
    """One's own sessions. A POST ends all but this one."""
    if request.method == "POST" and not is_recent(request):
        return ask_for_proof(request, _("So that nobody else can do this at your screen, prove that it is you."))
    if request.method == "POST":
        ended = end_other_sessions(request.user, request.session.session_key)
        messages.success(request, ngettext("%(n)s other session was ended.", "%(n)s other sessions were ended.", ended) % {"n": ended})
        return redirect("account_sessions")
    return render(request, "admin/account/sessions.html", {"sessions": sessions_of(request.user, request.session.session_key)})


@require_admin_access
@permission_required("core.change_user", raise_exception=True)
def unlock_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody whose account rests after wrong passwords try again at once: confirm on GET, unlock on POST."""
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return render(request, "admin/account/unlock.html", {"account": user})
    unlock(user.get_username())
    account_unlocked.send(sender=User, user=user, actor=request.user)
    messages.success(request, _("%(name)s can try to sign in again.") % {"name": user})
    return redirect("wagtailusers_users:edit", user.pk)
