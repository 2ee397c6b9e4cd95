"""Bulk actions on several requests, with a confirmation page. Each change is written to the access log."""

import contextlib
import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.auth import permission_denied

from accounts.sign_in.recent import ask_for_proof, is_recent
from consultations.actions.change import change_requests
from consultations.actions.destroy import destroy
from consultations.actions.export import export_archive, export_table
from consultations.choices import DestructionReason, Status
from consultations.inbox.access import CHANGE, DESTROY, EXPORT, InboxAccess, StaffRequest
from consultations.models import ConsultationRequest
from sealing.errors import SealingKeyError

MAX_REQUESTS = 200
#: The title of each action, its explanation, and the permission it needs.
ACTIONS: dict[str, tuple[str | Promise, str | Promise, str]] = {
    **{
        f"status-{status.value}": (
            gettext_lazy("Mark as: %(status)s") % {"status": status.label},
            gettext_lazy("You can change it back at any time."),
            CHANGE,
        )
        for status in Status
    },
    "mine": (gettext_lazy("Assign to me"), gettext_lazy("Colleagues see that they are yours."), CHANGE),
    "nobody": (gettext_lazy("Unassign"), gettext_lazy("Nobody is assigned to them any more."), CHANGE),
    "csv": (
        gettext_lazy("Export as a table (CSV)"),
        gettext_lazy("The file is not sealed: whoever has it can read it. Delete it as soon as you can. The export is recorded."),
        EXPORT,
    ),
    "archive": (
        gettext_lazy("Export as a sealed archive"),
        gettext_lazy("With photos and notes. Only the clinic's key opens it. The export is recorded."),
        EXPORT,
    ),
    "destroy": (
        gettext_lazy("Destroy for good"),
        gettext_lazy("Answers, photos and notes are destroyed at once. Nobody can bring them back."),
        DESTROY,
    ),
}


class BulkView(InboxAccess):
    """Shows the confirmation page. With `confirmed` in the POST data, does the action."""

    http_method_names = ["post"]

    def post(self, request: StaffRequest) -> HttpResponse:
        index = reverse("consultations:index")
        name, ids = request.POST.get("action", ""), request.POST.getlist("id")[: MAX_REQUESTS + 1]
        if name not in ACTIONS or not ids:
            messages.warning(request, _("Choose requests and what to do with them."))
            return HttpResponseRedirect(index)
        title, explanation, permission = ACTIONS[name]
        if not request.user.has_perm(permission):
            return permission_denied(request)
        if len(ids) > MAX_REQUESTS:
            messages.warning(request, _("Choose at most %(number)s requests at a time.") % {"number": MAX_REQUESTS})
            return HttpResponseRedirect(index)
        consultations = list(ConsultationRequest.objects.filter(pk__in=[pk for pk in ids if is_uuid(pk)]).select_related("owner"))
        if "confirmed" not in request.POST:
            context = {
                "action": name,
                "title": title,
                "explanation": explanation,
                "consultations": consultations,
                "is_grave": name == "destroy",
            }
            return render(request, "admin/consultations/confirm.html", context)
        if name in ("csv", "archive", "destroy") and not is_recent(request):
            return ask_for_proof(
                request, _("What leaves the inbox or is destroyed cannot be taken back, so prove once more that it is you.")
            )
        if name in ("csv", "archive"):
            return self.export(request, name, consultations)
        changed = self.execute(request, name, consultations)
        if name == "destroy":
            done = ngettext("%(done)s request was destroyed.", "%(done)s requests were destroyed.", changed)
        else:
            done = ngettext("%(done)s request was changed.", "%(done)s requests were changed.", changed)
        messages.success(request, done % {"done": changed})
        return HttpResponseRedirect(index)

    def execute(self, request: StaffRequest, name: str, consultations: list[ConsultationRequest]) -> int:
        if name == "destroy":
            destroyed = 0
            for consultation in consultations:
                # The patient may have withdrawn the request in the meantime.
                with contextlib.suppress(ConsultationRequest.DoesNotExist):
                    destroy(consultation, DestructionReason.STAFF, request.user)
                    destroyed += 1
            return destroyed
        if name.startswith("status-"):
            return change_requests(consultations, request.user, status=Status(name.removeprefix("status-")))
        return change_requests(consultations, request.user, owner=str(request.user.pk) if name == "mine" else "")

    def export(self, request: StaffRequest, name: str, consultations: list[ConsultationRequest]) -> HttpResponse:
        try:
            return export_table(consultations, request.user) if name == "csv" else export_archive(consultations, request.user)
        except SealingKeyError:
            messages.error(request, _("This process holds no key, so it cannot export. Please tell the site manager."))
            return HttpResponseRedirect(reverse("consultations:index"))


def is_uuid(text: str) -> bool:
    """Whether a posted id is a UUID in its standard form."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
