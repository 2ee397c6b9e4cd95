"""The access log as a report: who viewed or changed what, and whether the hash chain is intact."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from common.types import Context
from consultations.access_log_verification import verify
from consultations.choices import Action
from consultations.inbox.access import VIEW_ACCESS_LOG, InboxAccess, StaffRequest
from consultations.inbox.listing import BoundedPaginator
from consultations.models import AccessLogEntry

PER_PAGE = 50


class AccessLogView(InboxAccess):
    """The newest entries first, filtered by user, action or reference. No private key is needed."""

    permission = VIEW_ACCESS_LOG

    def get(self, request: StaffRequest) -> HttpResponse:
        filters = {name: request.GET.get(name, "").strip()[:150] for name in ("actor", "action", "reference")}
        paginator = BoundedPaginator(self.entries(filters), PER_PAGE)
        context: Context = {
            "page_obj": paginator.get_page(request.GET.get("p")), "paginator": paginator, "filters": filters,
            "query": {name: value for name, value in filters.items() if value}, "actions": Action.choices,
            "verdict": verify() if "verify" in request.GET else None,
        }  # fmt: skip
        return render(request, "admin/consultations/access_log.html", context)

    def entries(self, filters: dict[str, str]) -> QuerySet[AccessLogEntry]:
        entries = AccessLogEntry.objects.all()
        if filters["actor"]:
            entries = entries.filter(actor=filters["actor"])
        if filters["action"] in Action.values:
            entries = entries.filter(action=filters["action"])
        if filters["reference"]:
            entries = entries.filter(reference=filters["reference"].upper()) | entries.filter(
                action=Action.LISTED, detail__contains=filters["reference"].upper()
            )
        return entries
