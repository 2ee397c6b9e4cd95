"""Wagtail's sign-in page, followed by django-allauth, which asks for the second factor."""

from allauth.account.forms import LoginForm
from allauth.account.models import Login
from django.http import HttpResponse
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.views.account import LoginView


class SignInView(LoginView):
    """Checks the password. The user is signed in only after the second factor, where there is one."""

    def form_valid(self, form: WagtailLoginForm) -> HttpResponse:
        # Wagtail's form has checked the password. allauth's form gets the result, so that the password is not checked twice.
        allauth_form = LoginForm(request=self.request)
        allauth_form.cleaned_data = {**form.cleaned_data, "login": form.get_user().get_username()}
        allauth_form._login = Login(user=form.get_user())
        return allauth_form.login(self.request, redirect_url=self.get_success_url())
