"""The views of one request: content, photos, print version, notes, status and owner."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import access_log
from consultations.actions.change import change_requests
from consultations.actions.correspondence import write_note
from consultations.choices import STAFF_NOTE_KINDS, Action, NoteKind, Status
from consultations.inbox.access import CHANGE, DESTROY, InboxAccess, StaffRequest
from consultations.inbox.listing import is_user_id, staff_who_answer
from consultations.models import AccessLogEntry, ConsultationRequest, OutgoingMail, RequestPolicy, SealedPhoto
from consultations.retention import due_on
from consultations.unsealing import open_notes, open_request
from sealing.errors import UNREADABLE, SealingKeyError

MAX_LOG_ENTRIES = 30


class NoteForm(forms.Form):
    """A note for colleagues, sealed like the request."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=[(kind.value, kind.label) for kind in STAFF_NOTE_KINDS])
    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 4000}),
        help_text=gettext_lazy("Sealed like the request. At most 4,000 characters."),
    )


class RequestView(InboxAccess):
    """One request, decrypted. Each view is written to the access log as `action`."""

    template = "admin/consultations/request.html"
    action = Action.OPENED

    def get(self, request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
        return self.show(request, self.get_consultation(pk), NoteForm())

    def get_consultation(self, pk: uuid.UUID) -> ConsultationRequest:
        return get_object_or_404(ConsultationRequest.objects.select_related("owner", "consent").prefetch_related("photos"), pk=pk)

    def show(self, request: StaffRequest, consultation: ConsultationRequest, note_form: NoteForm) -> HttpResponse:
        opened, notes = open_request(consultation, request.user), open_notes(consultation, request.user)
        if not opened.cannot_open or any(note.text for note in notes):
            access_log.write(self.action, request.user, consultation)
            if consultation.has_unread_message:
                ConsultationRequest.objects.filter(pk=consultation.pk).update(has_unread_message=False)
        policy = RequestPolicy.load(request_or_site=request)
        context = {
            "consultation": consultation, "opened": opened, "notes": notes, "note_form": note_form,
            "statuses": Status.choices, "owners": staff_who_answer(),
            "history": AccessLogEntry.objects.filter(request_id=consultation.pk)[:MAX_LOG_ENTRIES],
            "may_change": request.user.has_perm(CHANGE), "may_destroy": request.user.has_perm(DESTROY),
            "is_undelivered": OutgoingMail.objects.filter(request=consultation).undelivered_to_patient().exists(),
            "due_on": due_on(consultation, policy), "is_overdue": consultation.is_overdue(policy.answer_within_hours),
        }  # fmt: skip
        return render(request, self.template, context)


class PrintView(RequestView):
    """A print version of one request, without the admin around it."""

    template = "admin/consultations/print.html"
    action = Action.PRINTED


class ChangeView(RequestView):
    """Sets status and owner."""

    permission = CHANGE
    http_method_names = ["post"]

    def post(self, request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
        consultation = self.get_consultation(pk)
        status, owner = request.POST.get("status", consultation.status), request.POST.get("owner", "keep")
        # The page may show outdated values. Apply only a value that the user changed.
        if status == request.POST.get("status_was"):
            status = consultation.status
        if owner == request.POST.get("owner_was"):
            owner = "keep"
        if status not in Status.values:
            messages.error(request, _("Choose one of the states."))
        elif owner not in ("keep", "") and not (is_user_id(owner) and staff_who_answer().filter(pk=owner).exists()):
            messages.error(request, _("Choose somebody who answers requests."))
        else:
            change_requests([consultation], request.user, Status(status), None if owner == "keep" else owner)
            values = {"reference": consultation.reference, "status": Status(status).label}
            messages.success(request, _("Request %(reference)s is now: %(status)s.") % values)
        return redirect("consultations:request", pk=consultation.pk)


class NoteView(RequestView):
    """Adds a note."""

    permission = CHANGE
    http_method_names = ["post"]

    def post(self, request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
        consultation, form = self.get_consultation(pk), NoteForm(request.POST)
        if not form.is_valid():
            return self.show(request, consultation, form)
        try:
            write_note(consultation, NoteKind(form.cleaned_data["kind"]), form.cleaned_data["text"], request.user)
        except ConsultationRequest.DoesNotExist as problem:
            raise Http404 from problem
        except SealingKeyError:
            form.add_error(None, _("There is no key to seal the note with. Please tell the site manager; your text is still below."))
            return self.show(request, consultation, form)
        messages.success(request, _("The note is kept."))
        return redirect("consultations:request", pk=consultation.pk)


class PhotoView(InboxAccess):
    """One photo of a request, decrypted for this response only."""

    def get(self, request: StaffRequest, pk: uuid.UUID, position: int) -> HttpResponse:
        photo = get_object_or_404(SealedPhoto.objects.select_related("request"), request_id=pk, position=position)
        try:
            content = photo.open_image(photo.request.content_key())
        except UNREADABLE as problem:
            access_log.write(Action.CANNOT_OPEN, request.user, photo.request, photo.part)
            raise Http404 from problem
        access_log.write(Action.PHOTO, request.user, photo.request, photo.part)
        response = HttpResponse(content, content_type="image/jpeg")
        response.headers["Content-Disposition"] = f'inline; filename="{photo.request.reference}-{position}.jpg"'
        return response
