"""The confirmation after sending."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from consultations import cookies
from consultations.form_page.models import ConsultationPage
from consultations.views.decorators import on_form_page


@on_form_page
def sent(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """Show reference and receipt code for as long as the browser has the cookie."""
    submission_receipt = cookies.read_signed(request, cookies.SENT)
    if not submission_receipt:
        return redirect("consultation:form")
    reference, code, photos, urgency = submission_receipt
    context = {
        "reference": reference,
        "code": code,
        "photos": photos,
        "may_be_urgent": bool(urgency),
        "is_crisis": urgency == "crisis",
        "received_at": timezone.now(),
    }
    response: HttpResponse = page.render(request, context_overrides=context, template=page.landing_page_template)
    return response
