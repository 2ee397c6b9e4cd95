"""Answering the request form: empty, with its mistakes, or the way to the confirmation."""

from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from consultations import cookies, rate_limits, spam
from consultations.actions.submit import SealingUnavailableError, SubmitRequest
from consultations.choices import Suspicion
from consultations.form_page.forms import ConsultationForm, initial_from_query

SECONDS_TO_RETRY = 3600


class FormPage(Protocol):
    """The page that the form stands on."""

    def build_form(self, *args: Any, **kwargs: Any) -> ConsultationForm:
        """The form: the site's fields and staff's own questions."""

    def render(self, request: HttpRequest, *, context_overrides: dict[str, Any]) -> HttpResponse:
        """The page's own template."""


def answer_form(page: FormPage, request: HttpRequest) -> HttpResponse:
    """The empty form, the form with its mistakes, or a redirect to the confirmation."""
    if request.method != "POST":
        initial = initial_from_query(request.GET)
        if any(initial.values()):
            return _render(page, request, page.build_form(initial=initial))
        # An empty form holds nothing personal but two tokens, so its fields are not built for each reader.
        return _render(page, request, SimpleLazyObject(page.build_form), empty=True)
    if rate_limits.is_over(request, "form"):
        return _refuse(page, request, page.build_form(request.POST))
    form = page.build_form(request.POST, request.FILES)
    suspicion = spam.suspicion_of(request.POST)
    if not form.is_valid():
        rate_limits.count(request, "form")
        return _render(page, request, form)
    submit = SubmitRequest(form.submission(), browser=request.META.get("CSRF_COOKIE", ""))
    receipt = submit.earlier_receipt()
    if receipt is None:
        rate_limits.count(request, "form", rate_limits.FAST_COST if suspicion else rate_limits.POST_COST)
        try:
            receipt = submit.execute(Suspicion(suspicion) if suspicion else None)
        except SealingUnavailableError:
            form.add_error(None, _("We cannot take requests at the moment, and nothing was stored. Please phone us."))
            return _render(page, request, form, status=503)
    response = HttpResponseRedirect(reverse("consultation:sent"))
    cookies.put(response, cookies.SENT, [receipt.reference, receipt.code])
    return response


def _render(page: FormPage, request: HttpRequest, form: Any, status: int = 200, **context: Any) -> HttpResponse:
    opened = request.POST.get(spam.OPENED_FIELD) or spam.opened_token()
    response = page.render(request, context_overrides={"form": form, "opened": opened, "variant": "", **context})
    response.status_code = status
    return response


def _refuse(page: FormPage, request: HttpRequest, form: ConsultationForm) -> HttpResponse:
    """Too many posts from one address: all that was typed is kept, and photos are not even decoded."""
    form.add_error(
        None,
        _("Too many requests came over your connection within the hour, so this one was not stored. Try again in an hour, or phone us."),
    )
    response = _render(page, request, form, status=429)
    response.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    return response
