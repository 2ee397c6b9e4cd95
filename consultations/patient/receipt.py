"""A patient's own request: its state, a message to it, and taking it back."""

import contextlib
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import limits, record
from consultations.choices import Action, DestructionReason, NoteKind, Status
from consultations.keys import KeyProblem
from consultations.messages import receive_message
from consultations.models.destruction import Destruction
from consultations.models.policy import RequestPolicy
from consultations.models.record import AccessRecord
from consultations.models.request import ConsultationRequest
from consultations.patient import cookies
from consultations.receipts import hash_of
from consultations.retention import destroy

if TYPE_CHECKING:
    from consultations.models.page import ConsultationPage

#: What the clinic's states mean to the patient. Spam is a word for staff.
STATES = {
    Status.NEW: gettext_lazy("It waits to be read."),
    Status.CONTACTED: gettext_lazy("We have written or phoned."),
    Status.SCHEDULED: gettext_lazy("A visit is agreed."),
    Status.CLOSED: gettext_lazy("It is closed."),
    Status.SPAM: gettext_lazy("It waits to be read."),
}

#: Entries of the access record that mean: somebody saw all of it.
LOOKS = (Action.OPENED, Action.PRINTED, Action.EXPORTED)


class CodeForm(forms.Form):
    """The receipt code, however it is typed."""

    code = forms.CharField(
        label=gettext_lazy("Receipt code"),
        max_length=60,
        help_text=gettext_lazy("Sixteen letters and digits, shown after you sent your request."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class MessageForm(forms.Form):
    """Something the patient wants to add."""

    text = forms.CharField(
        label=gettext_lazy("Add a message"),
        max_length=2000,
        help_text=gettext_lazy("Sealed like your request. At most 2,000 characters. For anything urgent, phone instead."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _own(request: HttpRequest) -> ConsultationRequest | None:
    """The request whose code this browser gave within the last half hour."""
    kept = cookies.read(request, cookies.RECEIPT)
    return ConsultationRequest.objects.filter(receipt_hash=kept).first() if kept else None


def _describe(form: forms.Form) -> forms.Form:
    """Ties help and error to each field for screen readers."""
    for name, field in form.fields.items():
        described = [f"{name}-error"] if form.is_bound and name in form.errors else []
        field.widget.attrs["aria-describedby"] = " ".join([*described, f"{name}-help"])
        if described:
            field.widget.attrs["aria-invalid"] = "true"
    return form


def _home(page: "ConsultationPage", request: HttpRequest) -> str:
    return f"{page.get_url(request)}{page.reverse_subpage('receipt')}"


def _render(page: "ConsultationPage", request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return page.render(request, context_overrides=context, template=f"pages/{template}.html")


def show(page: "ConsultationPage", request: HttpRequest) -> HttpResponse:
    """The form for a code; or, with a code given, the request or what is left of it."""
    if request.method == "POST":
        return _take_code(page, request)
    own = _own(request)
    if own:
        return _show_own(page, request, own, MessageForm())
    kept = cookies.read(request, cookies.RECEIPT)
    gone = Destruction.objects.filter(receipt_hash=kept).first() if kept else None
    if gone:
        return _render(page, request, "consultation_deleted", receipt=gone, policy=RequestPolicy.load())
    return _render(page, request, "consultation_receipt", form=_describe(CodeForm()))


def _take_code(page: "ConsultationPage", request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if limits.is_over(request, "receipt"):
        form.add_error("code", _("Too many codes were tried over your connection. Try again in an hour, or phone us."))
    elif form.is_valid():
        code_hash = hash_of(form.cleaned_data["code"])
        known = (model.objects.filter(receipt_hash=code_hash).exists() for model in (ConsultationRequest, Destruction))
        if any(known):
            response = HttpResponseRedirect(_home(page, request))
            cookies.put(response, cookies.RECEIPT, code_hash)
            return response
        limits.count(request, "receipt")
        form.add_error("code", _("We know no request with this code. Compare it with what you wrote down, or phone us."))
    return _render(page, request, "consultation_receipt", form=_describe(form))


def _show_own(page: "ConsultationPage", request: HttpRequest, own: ConsultationRequest, form: forms.Form) -> HttpResponse:
    messages = own.notes.filter(kind=NoteKind.PATIENT)
    policy = RequestPolicy.load()
    return _render(
        page,
        request,
        "consultation_own",
        own=own,
        state=STATES[Status(own.status)],
        looks=AccessRecord.objects.filter(request_id=own.pk, action__in=LOOKS).count(),
        last_message=messages.last(),
        messages_sent=messages.count(),
        kept_days=policy.keep_closed_days,
        form=_describe(form),
    )


def add_message(page: "ConsultationPage", request: HttpRequest) -> HttpResponse:
    """Seal what the patient adds, and tell the front desk that there is something to read."""
    own = _own(request)
    if own is None or request.method != "POST":
        return HttpResponseRedirect(_home(page, request))
    form = MessageForm(request.POST)
    if limits.is_over(request, "form"):
        form.add_error("text", _("Too many messages came over your connection within the hour. Try again later, or phone us."))
    if not form.is_valid():
        return _show_own(page, request, own, form)
    limits.count(request, "form")
    try:
        receive_message(own, form.cleaned_data["text"])
    except ConsultationRequest.DoesNotExist:
        return HttpResponseRedirect(_home(page, request))
    except KeyProblem:
        form.add_error("text", _("We cannot take messages at the moment, and nothing was stored. Please phone us."))
        return _show_own(page, request, own, form)
    return HttpResponseRedirect(_home(page, request))


def withdraw(page: "ConsultationPage", request: HttpRequest) -> HttpResponse:
    """Ask once more, then destroy the request at once."""
    own = _own(request)
    if own is None:
        return HttpResponseRedirect(_home(page, request))
    if request.method != "POST":
        return _render(page, request, "consultation_withdraw", own=own, policy=RequestPolicy.load())
    with contextlib.suppress(ConsultationRequest.DoesNotExist):
        destroy(own, DestructionReason.WITHDRAWN, record.PATIENT)
    return HttpResponseRedirect(_home(page, request))


def leave(page: "ConsultationPage", request: HttpRequest) -> HttpResponse:
    """Forget the code in this browser."""
    response = HttpResponseRedirect(_home(page, request))
    cookies.drop(response, cookies.RECEIPT)
    cookies.drop(response, cookies.SENT)
    return response
