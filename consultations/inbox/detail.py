"""One request: what the patient wrote, what was done since, and what to do next."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import record
from consultations.choices import STAFF_NOTE_KINDS, Action, NoteKind, Status
from consultations.inbox.access import CHANGE, DESTROY, UNREADABLE, InboxAccess
from consultations.inbox.listing import is_number, staff_who_answer
from consultations.intake import CONTACT_FIELDS
from consultations.keys import KeyProblem
from consultations.messages import write_note
from consultations.models import AccessRecord, ConsultationRequest, RequestPolicy, SealedNote, SealedPhoto
from consultations.retention import due_on
from core.phones import format_phone

RECORD_SHOWN = 30


class NoteForm(forms.Form):
    """A note for colleagues, sealed like the request."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=[(kind.value, kind.label) for kind in STAFF_NOTE_KINDS])
    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 4000}),
        help_text=gettext_lazy("Sealed like the request. At most 4,000 characters."),
    )


def opened(stored: ConsultationRequest, actor: Any) -> dict[str, Any]:
    """What is in a request, in words. Empty but for `cannot_open` where it does not open, which is recorded."""
    try:
        key = stored.request_key()
        contact, answers = stored.contact(key), stored.answers(key)
    except UNREADABLE:
        record.write(Action.CANNOT_OPEN, actor, stored)
        return {"cannot_open": True}
    return {
        "contact": contact,
        "phone_display": format_phone(contact["phone"]),
        "answers": [answer for answer in answers if answer["name"] not in CONTACT_FIELDS],
    }


def opened_notes(stored: ConsultationRequest, actor: Any) -> list[dict[str, Any]]:
    """Notes and messages, the oldest first. One that does not open says so."""
    notes = []
    for note in SealedNote.objects.filter(request=stored).select_related("author"):
        try:
            text = note.open_text()
        except UNREADABLE:
            record.write(Action.CANNOT_OPEN, actor, stored, "note")
            text = ""
        notes.append({"note": note, "text": text, "is_patient": note.kind == NoteKind.PATIENT})
    return notes


class RequestView(InboxAccess):
    """One request, opened."""

    template = "admin/consultations/request.html"
    action = Action.OPENED

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.show(request, self.find(pk), NoteForm())

    def find(self, pk: Any) -> ConsultationRequest:
        return get_object_or_404(ConsultationRequest.objects.select_related("owner", "consent").prefetch_related("photos"), pk=pk)

    def show(self, request: HttpRequest, stored: ConsultationRequest, note_form: NoteForm) -> HttpResponse:
        context, notes = opened(stored, request.user), opened_notes(stored, request.user)
        if "cannot_open" not in context or any(one["text"] for one in notes):
            record.write(self.action, request.user, stored)
            if stored.has_unread_message:
                ConsultationRequest.objects.filter(pk=stored.pk).update(has_unread_message=False)
        policy = RequestPolicy.load(request_or_site=request)
        context.update(
            stored=stored, statuses=Status.choices, owners=staff_who_answer(), note_form=note_form,
            notes=notes, history=AccessRecord.objects.filter(request_id=stored.pk)[:RECORD_SHOWN],
            may_change=request.user.has_perm(CHANGE), may_destroy=request.user.has_perm(DESTROY),
            due_on=due_on(stored, policy), is_overdue=stored.is_overdue(policy.answer_within_hours),
        )  # fmt: skip
        return render(request, self.template, context)


class PrintView(RequestView):
    """A sheet of paper with one request, and nothing around it."""

    template = "admin/consultations/print.html"
    action = Action.PRINTED


class ChangeView(RequestView):
    """Sets status and owner."""

    permission = CHANGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        stored = self.find(pk)
        status, owner = request.POST.get("status", stored.status), request.POST.get("owner", "keep")
        # A page that was open for long shows old values. Only what somebody chose anew is a choice.
        if status == request.POST.get("status_was"):
            status = stored.status
        if owner == request.POST.get("owner_was"):
            owner = "keep"
        if status not in Status.values:
            messages.error(request, _("Choose one of the states."))
        elif owner not in ("keep", "") and not (is_number(owner) and staff_who_answer().filter(pk=owner).exists()):
            messages.error(request, _("Choose somebody who answers requests."))
        else:
            change([stored], request.user, Status(status), None if owner == "keep" else owner)
            values = {"reference": stored.reference, "status": Status(status).label}
            messages.success(request, _("Request %(reference)s is now: %(status)s.") % values)
        return redirect("consultations:request", pk=stored.pk)


@transaction.atomic
def change(requests: list[ConsultationRequest], actor: Any, status: Status | None = None, owner: str | None = None) -> int:
    """Set status and owner where they differ, and record each change. `owner` is a user's id, "" for nobody, None to leave it."""
    changed = 0
    for stored in ConsultationRequest.objects.select_for_update().filter(pk__in=[one.pk for one in requests]):
        if status and stored.status != status:
            record.write(Action.STATUS, actor, stored, f"{stored.status} → {status.value}")
            stored.set_status(status)
            changed += 1
        if owner is not None and str(stored.owner_id or "") != owner:
            stored.owner_id = int(owner) if owner else None
            stored.save(update_fields=["owner"])
            record.write(Action.OWNER, actor, stored, stored.owner.get_username() if stored.owner else "")
            changed += 1
    return changed


class NoteView(RequestView):
    """Adds a note."""

    permission = CHANGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        stored, form = self.find(pk), NoteForm(request.POST)
        if not form.is_valid():
            return self.show(request, stored, form)
        try:
            write_note(stored, NoteKind(form.cleaned_data["kind"]), form.cleaned_data["text"], request.user)
        except ConsultationRequest.DoesNotExist as problem:
            raise Http404 from problem
        except KeyProblem:
            form.add_error(None, _("There is no key to seal the note with. Please tell the site manager; your text is still below."))
            return self.show(request, stored, form)
        messages.success(request, _("The note is kept."))
        return redirect("consultations:request", pk=stored.pk)


class PhotoView(InboxAccess):
    """One photograph of a request, opened for this response only."""

    def get(self, request: HttpRequest, pk: Any, position: int) -> HttpResponse:
        photo = get_object_or_404(SealedPhoto.objects.select_related("request"), request_id=pk, position=position)
        try:
            content = photo.open_image(photo.request.request_key())
        except UNREADABLE as problem:
            record.write(Action.CANNOT_OPEN, request.user, photo.request, photo.part)
            raise Http404 from problem
        record.write(Action.PHOTO, request.user, photo.request, photo.part)
        response = HttpResponse(content, content_type="image/jpeg")
        response.headers["Content-Disposition"] = f'inline; filename="{photo.request.reference}-{position}.jpg"'
        return response
