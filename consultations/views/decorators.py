"""A decorator for views for patients, which are rendered with the page that has the form and are never cached."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control

from consultations.form_page.models import ConsultationPage
from page_tree.linked_pages import preload, read_scope
from page_tree.routing import fixed_page

Arguments = ParamSpec("Arguments")
PageView = Callable[Concatenate[ConsultationPage, HttpRequest, Arguments], HttpResponse]


def form_page(request: HttpRequest) -> ConsultationPage:
    """The published page with the form. Raises `Http404` if there is none, and in a staff process."""
    if settings.SITE_ROLE == "staff":
        raise Http404
    return fixed_page(request, reverse("consultation:form"), ConsultationPage)


def on_form_page(view: PageView[Arguments]) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Pass the page with the form to a view as its first argument. The response is personal, so it is never cached."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        with read_scope():
            page = form_page(request)
            preload(page)
            response = view(page, request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        patch_cache_control(response, no_store=True, private=True)
        return response

    return wrapper
