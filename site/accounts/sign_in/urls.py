"""URLs below /admin/account/: only the django-allauth views that staff need. There is no sign-up."""

from allauth.account.views import reauthenticate
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView

from accounts.sign_in import views

sign_in_page = RedirectView.as_view(url=reverse_lazy("wagtailadmin_login"), query_string=True)
password_page = RedirectView.as_view(url=reverse_lazy("wagtailadmin_account"))

urlpatterns = [
    path("second-factor/", include("allauth.mfa.urls")),
    path("reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("alive/", views.alive, name="account_alive"),
    path("idle/", views.idle, name="account_idle"),
    path("proved/", views.proved, name="account_proved"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("unlock/<int:pk>/", views.unlock_account, name="account_unlock"),
    path("login/", sign_in_page, name="account_login"),
    path("logout/", views.SignOutView.as_view(), name="account_logout"),
    # URL names that django-allauth reverses. Each redirects to Wagtail's own page.
    path("signup/", sign_in_page, name="account_signup"),
    path("inactive/", sign_in_page, name="account_inactive"),
    path("email/", password_page, name="account_email"),
    path("password/reset/", RedirectView.as_view(url=reverse_lazy("wagtailadmin_password_reset")), name="account_reset_password"),
    path("password/change/", password_page, name="account_change_password"),
    path("password/set/", password_page, name="account_set_password"),
]
