"""Wagtail's sign-in page, with django-allauth behind it: whoever has a second factor is asked for it next."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpResponse
from wagtail.admin.views.account import LoginView


class SignInView(LoginView):
    """Checks the password; the session is signed in only once the second factor is there too."""

    def form_valid(self, form: Any) -> HttpResponse:
        login = Login(user=form.get_user(), redirect_url=self.get_success_url())
        response = perform_password_login(self.request, {"username": form.get_user().get_username()}, login)
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if form.cleaned_data.get("remember") else 0)
        return response
