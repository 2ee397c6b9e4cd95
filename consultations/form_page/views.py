"""The view of the form: it shows the form, validates what a patient sends, and stores it as a request."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from common.types import Context, Extra
from consultations import cookies, rate_limits, spam
from consultations.actions.submit import SealingUnavailableError, SubmitRequest
from consultations.choices import Suspicion
from consultations.form_page.fields import initial_from_query
from consultations.form_page.forms import ConsultationForm

SECONDS_TO_RETRY = 3600


class FormPage(Protocol):
    """What the view needs of the page with the form. The page imports this module, so its class cannot be named here."""

    def build_form(self, *args: Extra, **kwargs: Extra) -> ConsultationForm:
        """The form with the site's fixed fields and the questions that staff added."""

    def render(self, request: HttpRequest, *, context_overrides: Context) -> HttpResponse:
        """A response with the page's template."""


def serve_form(page: FormPage, request: HttpRequest) -> HttpResponse:
    """The empty form, the form with its errors, or a redirect to the confirmation."""
    if request.method != "POST":
        initial = initial_from_query(request.GET)
        if any(initial.values()):
            return _render(page, request, page.build_form(initial=initial))
        # The template caches an empty form without its two tokens. The form is lazy, so that it is built only to fill that cache.
        return _render(page, request, SimpleLazyObject(page.build_form), empty=True)
    if rate_limits.is_exceeded(request, "form"):
        return _refuse(page, request, page.build_form(request.POST))
    form = page.build_form(request.POST, request.FILES)
    suspicion = spam.suspicion_of(request.POST)
    if not form.is_valid():
        rate_limits.count_attempt(request, "form")
        return _render(page, request, form)
    submit = SubmitRequest(form.submission(), browser_secret=request.META.get("CSRF_COOKIE", ""))
    receipt = submit.earlier_receipt()
    if receipt is None:
        rate_limits.count_attempt(request, "form", rate_limits.FAST_COST if suspicion else rate_limits.POST_COST)
        try:
            receipt = submit.execute(Suspicion(suspicion) if suspicion else None)
        except SealingUnavailableError:
            form.add_error(None, _("We cannot take requests at the moment, and nothing was stored. Please call us."))
            return _render(page, request, form, status=503)
    response = HttpResponseRedirect(reverse("consultation:sent"))
    cookies.set_signed(response, cookies.SENT, [receipt.reference, receipt.code, len(form.cleaned_data["photos"] or ()), form.urgency])
    return response


def _render(
    page: FormPage, request: HttpRequest, form: ConsultationForm | SimpleLazyObject, status: int = 200, **context: object
) -> HttpResponse:
    opened_token = request.POST.get(spam.OPENED_FIELD) or spam.opened_token()
    # The title says what the form was answered with, and pages of each kind have one head.
    variant = "" if "empty" in context or not form.is_bound else "urgent" if form.urgent_help else "mistakes" if form.errors else ""
    response = page.render(request, context_overrides={"form": form, "opened": opened_token, "variant": variant, **context})
    response.status_code = status
    return response


def _refuse(page: FormPage, request: HttpRequest, form: ConsultationForm) -> HttpResponse:
    """The response to too many POSTs from one address: the form with everything the patient typed. Photos are not decoded."""
    form.add_error(
        None,
        _("Too many requests came from your connection in the past hour, so this one wasn't stored. Try again in an hour, or call us."),
    )
    response = _render(page, request, form, status=429)
    response.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    return response
