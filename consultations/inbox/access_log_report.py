"""The access log as a report: who looked at what, and whether the chain is whole."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consultations.access_log import verify
from consultations.choices import Action
from consultations.inbox.access import VIEW_ACCESS_LOG, InboxAccess
from consultations.inbox.listing import BoundedPaginator
from consultations.models import AccessLogEntry

PER_PAGE = 50


class AccessLogView(InboxAccess):
    """The newest entries first, narrowed by person, action or reference. Reading it needs no key."""

    permission = VIEW_ACCESS_LOG

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = {name: request.GET.get(name, "").strip()[:150] for name in ("actor", "action", "reference")}
        paginator = BoundedPaginator(self.entries(wanted), PER_PAGE)
        context: dict[str, Any] = {
            "page_obj": paginator.get_page(request.GET.get("p")), "paginator": paginator, "wanted": wanted,
            "query": {name: value for name, value in wanted.items() if value}, "actions": Action.choices,
            "verdict": verify() if "verify" in request.GET else None,
        }  # fmt: skip
        return render(request, "admin/consultations/access_log.html", context)

    def entries(self, wanted: dict[str, str]) -> QuerySet[AccessLogEntry]:
        entries = AccessLogEntry.objects.all()
        if wanted["actor"]:
            entries = entries.filter(actor=wanted["actor"])
        if wanted["action"] in Action.values:
            entries = entries.filter(action=wanted["action"])
        if wanted["reference"]:
            entries = entries.filter(reference=wanted["reference"].upper()) | entries.filter(
                action=Action.LISTED, detail__contains=wanted["reference"].upper()
            )
        return entries
