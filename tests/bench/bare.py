"""The least that Django can do: a constant page, and a form that stores nothing. What the site is measured against."""

from typing import Any

import django
from django import forms
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path

if not settings.configured:
    settings.configure(
        SECRET_KEY="bench-only-" + "0" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        # As `startproject` lists them, without those that need a database.
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        DATABASES={},
        USE_TZ=True,
        LOGGING_CONFIG=None,
    )
    django.setup()


class ContactForm(forms.Form):
    """Three fields."""

    name = forms.CharField(max_length=100)
    email = forms.EmailField()
    message = forms.CharField(widget=forms.Textarea)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>bare</title><p>Hello.")


def form(request: HttpRequest) -> HttpResponse:
    bound = ContactForm(request.POST or None)
    if request.method == "POST" and bound.is_valid():
        return HttpResponseRedirect("/form/?sent")
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    return HttpResponse(f'<!doctype html><title>form</title><form method="post">{token}{bound.as_p()}</form>')


urlpatterns: list[Any] = [path("", page), path("form/", form)]
application = WSGIHandler()
