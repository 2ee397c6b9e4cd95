"""Self-service: with a receipt code a patient sees the status of the request, adds a message, or withdraws it."""

import contextlib
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import access_log, cookies, rate_limits
from consultations.actions.correspondence import receive_message
from consultations.actions.destroy import destroy
from consultations.choices import Action, DestructionReason, NoteKind, Status
from consultations.form_page.models import ConsultationPage
from consultations.models.access_log import AccessLogEntry
from consultations.models.deletion import DeletionCertificate
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest
from consultations.receipt_codes import hash_receipt_code
from consultations.views.decorators import PageView, on_form_page
from database.receipt_scope import receipt_scope
from sealing.errors import SealingKeyError

#: The status in words for the patient, who must not read that a request was marked as spam.
STATUS_TEXTS = {
    Status.NEW: gettext_lazy("It waits to be read."),
    Status.CONTACTED: gettext_lazy("We have written or phoned."),
    Status.SCHEDULED: gettext_lazy("A visit is agreed."),
    Status.CLOSED: gettext_lazy("It is closed."),
    Status.SPAM: gettext_lazy("It waits to be read."),
}

#: Actions in the access log that mean that somebody saw the whole request.
VIEW_ACTIONS = (Action.OPENED, Action.PRINTED, Action.EXPORTED)


class CodeForm(forms.Form):
    """The form for a receipt code. Hyphens, spaces and case do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Receipt code"),
        max_length=60,
        help_text=gettext_lazy("Sixteen letters and digits, shown after you sent your request."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class MessageForm(forms.Form):
    """The form for a message by the patient."""

    text = forms.CharField(
        label=gettext_lazy("Add a message"),
        max_length=2000,
        help_text=gettext_lazy("Sealed like your request. At most 2,000 characters. For anything urgent, phone instead."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def within_receipt_scope(view: PageView) -> PageView:
    """Let a view reach the request whose receipt code was entered in this browser within the last half hour, and no other."""

    @wraps(view)
    def wrapper(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
        with receipt_scope(entered_receipt(request)):
            return view(page, request)

    return wrapper


def entered_receipt(request: HttpRequest) -> str:
    """The hash of the receipt code that was entered in this browser. Empty where none was."""
    return str(cookies.read_signed(request, cookies.RECEIPT) or "")


def opened_request(request: HttpRequest) -> ConsultationRequest | None:
    """The request with the entered receipt code, or None."""
    receipt_hash = entered_receipt(request)
    return ConsultationRequest.objects.filter(receipt_hash=receipt_hash).first() if receipt_hash else None


def _render(page: ConsultationPage, request: HttpRequest, template: str, **context: object) -> HttpResponse:
    response: HttpResponse = page.render(request, context_overrides=context, template=f"pages/{template}.html")
    return response


@on_form_page
@within_receipt_scope
def receipt(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """Show the form for a code or, after a code was entered, the request or its deletion certificate."""
    if request.method == "POST":
        return _check_code(page, request)
    consultation = opened_request(request)
    if consultation:
        return _show_request(page, request, consultation, MessageForm())
    receipt_hash = entered_receipt(request)
    certificate = DeletionCertificate.objects.filter(receipt_hash=receipt_hash).first() if receipt_hash else None
    if certificate:
        return _render(page, request, "consultation_deleted", certificate=certificate, policy=RequestPolicy.current())
    return _render(page, request, "consultation_receipt", form=CodeForm())


def _check_code(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if rate_limits.is_exceeded(request, "receipt"):
        form.add_error("code", _("Too many codes were tried over your connection. Try again in an hour, or phone us."))
    elif form.is_valid():
        code_hash = hash_receipt_code(form.cleaned_data["code"])
        if is_known(code_hash):
            response = redirect("consultation:receipt")
            cookies.set_signed(response, cookies.RECEIPT, code_hash)
            return response
        rate_limits.count_attempt(request, "receipt")
        form.add_error("code", _("We know no request with this code. Compare it with what you wrote down, or phone us."))
    return _render(page, request, "consultation_receipt", form=form)


def is_known(code_hash: str) -> bool:
    """Whether there is a request with this receipt code, or was one that was destroyed."""
    with receipt_scope(code_hash):
        return any(model.objects.filter(receipt_hash=code_hash).exists() for model in (ConsultationRequest, DeletionCertificate))


def _show_request(page: ConsultationPage, request: HttpRequest, consultation: ConsultationRequest, form: forms.Form) -> HttpResponse:
    messages = consultation.notes.filter(kind=NoteKind.PATIENT)
    return _render(
        page,
        request,
        "consultation_own",
        consultation=consultation,
        state=STATUS_TEXTS[Status(consultation.status)],
        looks=AccessLogEntry.objects.filter(request_id=consultation.pk, action__in=VIEW_ACTIONS).count(),
        last_message=messages.last(),
        messages_sent=messages.count(),
        kept_days=RequestPolicy.current().keep_closed_days,
        form=form,
    )


@on_form_page
@within_receipt_scope
def message(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """Store a message by the patient, sealed, and queue a mail to the front desk."""
    consultation = opened_request(request)
    if consultation is None or request.method != "POST":
        return redirect("consultation:receipt")
    form = MessageForm(request.POST)
    if rate_limits.is_exceeded(request, "form"):
        form.add_error("text", _("Too many messages came over your connection within the hour. Try again later, or phone us."))
    if not form.is_valid():
        return _show_request(page, request, consultation, form)
    rate_limits.count_attempt(request, "form")
    try:
        receive_message(consultation, form.cleaned_data["text"])
    except ConsultationRequest.DoesNotExist:
        return redirect("consultation:receipt")
    except SealingKeyError:
        form.add_error("text", _("We cannot take messages at the moment, and nothing was stored. Please phone us."))
        return _show_request(page, request, consultation, form)
    return redirect("consultation:receipt")


@on_form_page
@within_receipt_scope
def withdraw(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """Ask for confirmation, then destroy the request at once."""
    consultation = opened_request(request)
    if consultation is None:
        return redirect("consultation:receipt")
    if request.method != "POST":
        return _render(page, request, "consultation_withdraw", consultation=consultation, policy=RequestPolicy.current())
    with contextlib.suppress(ConsultationRequest.DoesNotExist):
        destroy(consultation, DestructionReason.WITHDRAWN, access_log.PATIENT)
    return redirect("consultation:receipt")


@on_form_page
def leave(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """Delete the cookies with the code from this browser."""
    response = redirect("consultation:receipt")
    cookies.delete(response, cookies.RECEIPT)
    cookies.delete(response, cookies.SENT)
    return response
