"""The form and the confirmation."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from consultations import limits, traps
from consultations.choices import Suspicion
from consultations.forms import ConsultationForm, initial_from_query
from consultations.intake import Intake, SealingUnavailable
from consultations.patient import cookies

if TYPE_CHECKING:
    from consultations.models.page import ConsultationPage

SECONDS_TO_RETRY = 3600


def form(page: "ConsultationPage", request: HttpRequest) -> HttpResponse:
    """The empty form, the form with its mistakes, or the way to the confirmation."""
    if request.method != "POST":
        initial = initial_from_query(request.GET)
        if any(initial.values()):
            return _render(page, request, page.build_form(initial=initial))
        # Nothing in an empty form is anybody's own but two tokens, so its fields need not be made for each reader.
        return _render(page, request, SimpleLazyObject(page.build_form), empty=True)
    if limits.is_over(request, "form"):
        return _refuse(page, request, page.build_form(request.POST))
    filled = page.build_form(request.POST, request.FILES)
    suspicion = traps.suspicion_of(request.POST)
    if not filled.is_valid():
        limits.count(request, "form")
        return _render(page, request, filled)
    intake = Intake(filled, browser=request.META.get("CSRF_COOKIE", ""))
    receipt = intake.earlier()
    if receipt is None:
        limits.count(request, "form", limits.FAST_COST if suspicion else limits.POST_COST)
        try:
            receipt = intake.receive(Suspicion(suspicion) if suspicion else None)
        except SealingUnavailable:
            filled.add_error(None, _("We cannot take requests at the moment, and nothing was stored. Please phone us."))
            return _render(page, request, filled, status=503)
    response = HttpResponseRedirect(f"{page.get_url(request)}{page.reverse_subpage('sent')}")
    cookies.put(response, cookies.SENT, [receipt.reference, receipt.code])
    return response


def sent(page: "ConsultationPage", request: HttpRequest) -> HttpResponse:
    """Reference and receipt code, for as long as the browser has the cookie."""
    kept = cookies.read(request, cookies.SENT)
    if not kept:
        return HttpResponseRedirect(page.get_url(request))
    reference, code = kept
    return page.render(request, context_overrides={"reference": reference, "code": code}, template=page.landing_page_template)


def _render(page: "ConsultationPage", request: HttpRequest, filled: Any, status: int = 200, **context: Any) -> HttpResponse:
    opened = request.POST.get(traps.OPENED_FIELD) or traps.opened_token()
    response = page.render(request, context_overrides={"form": filled, "opened": opened, "variant": "", **context})
    response.status_code = status
    return response


def _refuse(page: "ConsultationPage", request: HttpRequest, filled: ConsultationForm) -> HttpResponse:
    """Too many posts from one address: all that was typed is kept, and photos are not even decoded."""
    filled.add_error(
        None,
        _("Too many requests came over your connection within the hour, so this one was not stored. Try again in an hour, or phone us."),
    )
    response = _render(page, request, filled, status=429)
    response.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    return response
