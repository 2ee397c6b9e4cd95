"""Self-service: with a receipt code a patient sees the status of the request, adds a message, or withdraws it."""

import contextlib
import re
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import access_log, cookies, rate_limits
from consultations.actions.correspondence import receive_message
from consultations.actions.destroy import destroy
from consultations.choices import Action, DestructionReason, NoteKind, Status, UrgentSign
from consultations.form_page.models import ConsultationPage
from consultations.models.access_log import AccessLogEntry
from consultations.models.deletion import DeletionCertificate
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest
from consultations.receipt_codes import receipt_key, stored_hash
from consultations.text_fields import LongTextField
from consultations.urgent_form import UrgentSignsForm
from consultations.urgent_help import signs_in
from consultations.views.decorators import PageView, on_form_page
from database.receipt_scope import receipt_scope
from sealing.errors import SealingKeyError

#: The status in words for the patient, who must not read that a request was marked as spam.
STATUS_TEXTS = {
    Status.NEW: gettext_lazy("We have it, and haven't answered yet."),
    Status.CONTACTED: gettext_lazy("We've written or called."),
    Status.SCHEDULED: gettext_lazy("Your visit is set."),
    Status.CLOSED: gettext_lazy("It is closed."),
    Status.SPAM: gettext_lazy("We have it, and haven't answered yet."),
}

MAX_MESSAGE = 2000
REFERENCE = re.compile(r"^[A-Z0-9]{4}[\s-]?[A-Z0-9]{4}$")
#: Query string after a message was sent.
SENT_MARK = "message=sent"

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


class MessageForm(UrgentSignsForm):
    """The form for a message by the patient."""

    text = LongTextField(
        label=gettext_lazy("Add a message"),
        max_length=MAX_MESSAGE,
        help_text=gettext_lazy("Sealed like your request. At most 2,000 characters. For anything urgent, phone instead."),
        rows=4,
    )

    @cached_property
    def urgent_signs(self) -> set[UrgentSign]:
        """The signs that the message names."""
        return signs_in([self.data.get("text", "")]) if self.is_bound else set()


def within_receipt_scope(view: PageView) -> PageView:
    """Let a view reach the request whose receipt code was entered in this browser within the last half hour, and no other."""

    @wraps(view)
    def wrapper(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
        with receipt_scope(entered_receipt(request)):
            return view(page, request)

    return wrapper


def entered_receipt(request: HttpRequest) -> str:
    """The key of the receipt code that was entered in this browser. Empty where none was."""
    return str(cookies.read_signed(request, cookies.RECEIPT) or "")


def opened_request(request: HttpRequest) -> ConsultationRequest | None:
    """The request with the entered receipt code, or None."""
    key = entered_receipt(request)
    return ConsultationRequest.objects.filter(receipt_hash=stored_hash(key)).first() if key else None


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
    key = entered_receipt(request)
    certificate = DeletionCertificate.objects.filter(receipt_hash=stored_hash(key)).first() if key else None
    if certificate:
        return _render(page, request, "consultation_deleted", certificate=certificate, policy=RequestPolicy.current())
    return _render(page, request, "consultation_receipt", form=CodeForm())


def _check_code(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if rate_limits.is_exceeded(request, "receipt"):
        form.add_error("code", _("Too many codes were tried from your connection. Try again in an hour, or call us."))
    elif form.is_valid():
        key = receipt_key(form.cleaned_data["code"])
        if is_known(key):
            if typed := request.POST.get("typed", "")[:MAX_MESSAGE]:
                with receipt_scope(key):
                    return _with_typed_message(page, request, key, typed)
            response = redirect("consultation:receipt")
            cookies.set_signed(response, cookies.RECEIPT, key)
            return response
        rate_limits.count_attempt(request, "receipt")
        form.add_error("code", unknown_code(form.cleaned_data["code"]))
    return _render(page, request, "consultation_receipt", form=form, typed=request.POST.get("typed", "")[:MAX_MESSAGE])


def unknown_code(typed: str) -> str:
    """What to do about a code that opens nothing. A reference, which stands above the code, is taken for it easily."""
    if REFERENCE.match(typed.strip().upper()):
        return _("This looks like your reference. The receipt code is longer: four groups of four letters and digits.")
    return _("That code doesn't match a request. Compare it with what you wrote down, or call us.")


def _with_typed_message(page: ConsultationPage, request: HttpRequest, key: str, typed: str) -> HttpResponse:
    """The request, with a message that was typed before its code was forgotten."""
    consultation = ConsultationRequest.objects.filter(receipt_hash=stored_hash(key)).first()
    if consultation is None:
        return redirect("consultation:receipt")
    response = _show_request(page, request, consultation, MessageForm(initial={"text": typed}))
    cookies.set_signed(response, cookies.RECEIPT, key)
    return response


def is_known(key: str) -> bool:
    """Whether there is a request with the receipt code of this key, or was one that was destroyed."""
    with receipt_scope(key):
        return any(model.objects.filter(receipt_hash=stored_hash(key)).exists() for model in (ConsultationRequest, DeletionCertificate))


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
        photos=consultation.photos.count(),
        kept_days=RequestPolicy.current().keep_closed_days,
        is_sent=request.GET.urlencode() == SENT_MARK,
        form=form,
    )


@on_form_page
@within_receipt_scope
def message(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """Store a message by the patient, sealed, and queue a mail to the front desk."""
    consultation = opened_request(request)
    if request.method == "POST" and consultation is None:
        # The code is forgotten after half an hour. What was typed since is not.
        return _render(page, request, "consultation_receipt", form=CodeForm(), typed=request.POST.get("text", "")[:MAX_MESSAGE])
    if consultation is None or request.method != "POST":
        return redirect("consultation:receipt")
    form = MessageForm(request.POST)
    if rate_limits.is_exceeded(request, "form"):
        form.add_error("text", _("Too many messages came from your connection in the past hour. Try again later, or call us."))
    if not form.is_valid():
        return _show_request(page, request, consultation, form)
    rate_limits.count_attempt(request, "form")
    if form.urgent_help:
        return _show_request(page, request, consultation, form)
    try:
        receive_message(consultation, form.cleaned_data["text"], may_be_urgent=bool(form.urgent_signs))
    except ConsultationRequest.DoesNotExist:
        return redirect("consultation:receipt")
    except SealingKeyError:
        form.add_error("text", _("We cannot take messages at the moment, and nothing was stored. Please call us."))
        return _show_request(page, request, consultation, form)
    return redirect(f"{reverse('consultation:receipt')}?{SENT_MARK}")


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
    response = redirect("consultation:receipt")
    # It would go on saying that the request has arrived.
    cookies.delete(response, cookies.SENT)
    return response


@on_form_page
def leave(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """Delete the cookies with the code from this browser."""
    response = redirect("consultation:receipt")
    cookies.delete(response, cookies.RECEIPT)
    cookies.delete(response, cookies.SENT)
    return response
