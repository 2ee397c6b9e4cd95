"""Wagtail's sign-in page, with django-allauth behind it: whoever has a second factor is asked for it next."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.models import Login
from django.http import HttpResponse
from wagtail.admin.views.account import LoginView


class SignInView(LoginView):
    """Checks the password; the session is signed in only once the second factor is there too."""

    def form_valid(self, form: Any) -> HttpResponse:
        # Wagtail's form has checked the password; allauth's own form is given the result, so that nobody is checked twice.
        handover = LoginForm(request=self.request)
        handover.cleaned_data = {**form.cleaned_data, "login": form.get_user().get_username()}
        handover._login = Login(user=form.get_user())
        return handover.login(self.request, redirect_url=self.get_success_url())
