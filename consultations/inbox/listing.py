"""The list of requests: new ones first, filtered by status, owner, overdue or search."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.types import Staff
from consultations import access_log
from consultations.choices import Action, Status
from consultations.inbox.access import CHANGE, DESTROY, EXPORT, VIEW, InboxAccess, StaffRequest
from consultations.models import ConsultationRequest, OutgoingMail, RequestPolicy
from consultations.receipt_codes import as_reference
from consultations.retention import due_on
from consultations.search_index import MAX_WORDS, index_pending, matching, tokens_of_query, unindexed
from consultations.unsealing import open_contact
from sealing.errors import SealingKeyError

PER_PAGE = 25
#: Nobody pages further than this, and counting a million rows is slow.
MAX_COUNTED = 1000
#: In addresses: between the tokens that a request must all have, and between such lists.
AND, OR = ".", "~"
#: A token that no request has.
NOBODY = "-"
#: Lists of tokens that an address may have.
MAX_LISTS = 3


class BoundedPaginator(Paginator):
    """Counts up to `MAX_COUNTED` only, so that the first page takes the same time for any number of requests."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list[: MAX_COUNTED + 1].count())  # type: ignore[attr-defined]

    @property
    def is_bounded(self) -> bool:
        """Whether there are more objects than were counted."""
        return self.count > MAX_COUNTED


def as_address(tokens: list[list[str]]) -> str:
    """Lists of tokens as the address of a search has them."""
    return OR.join(AND.join(part) for part in tokens)


@dataclass
class Row:
    """One row of the list, with decrypted contact details."""

    consultation: ConsultationRequest
    name: str
    prefers: str
    is_overdue: bool
    due_on: dt.datetime | None


def staff_who_answer() -> QuerySet[User]:
    """The active users who can own a request, because they may view requests."""
    return (
        get_user_model()
        .objects.with_perm(VIEW, backend="django.contrib.auth.backends.ModelBackend", include_superusers=False)
        .filter(is_active=True)
        .order_by("first_name", "username")
    )


def is_user_id(text: str) -> bool:
    """Whether a text can be the id of a user."""
    return text.isascii() and text.isdigit() and len(text) < 10


@dataclass
class Filters:
    """The filters in the query string of the list. Unknown values mean no filter."""

    status: str
    owner: str
    overdue: bool
    undelivered: bool
    tokens: list[list[str]]

    @classmethod
    def from_request(cls, request: HttpRequest) -> "Filters":
        status, owner = request.GET.get("status", ""), request.GET.get("owner", "")
        lists = [part.split(AND)[:MAX_WORDS] for part in request.GET.get("found", "").split(OR)[:MAX_LISTS]]
        tokens = [kept for part in lists if (kept := [token for token in part if token])]
        return cls(
            status if status in Status.values else "",
            owner if owner in ("me", "none") or is_user_id(owner) else "",
            request.GET.get("overdue") == "yes",
            request.GET.get("undelivered") == "yes",
            tokens,
        )

    def apply(self, user: Staff, policy: RequestPolicy) -> QuerySet[ConsultationRequest]:
        """Matching requests, new ones first."""
        consultations = ConsultationRequest.objects.select_related("owner").defer("sealed_answers")
        if self.status:
            consultations = consultations.filter(status=self.status)
        if self.overdue:
            consultations = consultations.filter(is_new=True, received_at__lt=policy.overdue_before())
        if self.undelivered:
            consultations = consultations.filter(pk__in=OutgoingMail.objects.undelivered_to_patient().values("request"))
        if self.owner == "none":
            consultations = consultations.filter(owner=None)
        elif self.owner:
            consultations = consultations.filter(owner_id=user.pk if self.owner == "me" else int(self.owner))
        return matching(consultations, self.tokens) if self.tokens else consultations

    def query(self) -> dict[str, str]:
        """The query parameters for the same filters."""
        parameters = {
            "status": self.status,
            "owner": self.owner,
            "overdue": "yes" if self.overdue else "",
            "undelivered": "yes" if self.undelivered else "",
            "found": as_address(self.tokens),
        }
        return {name: value for name, value in parameters.items() if value}


class InboxView(InboxAccess):
    """One page of the list. It shows names of patients, so each view of a page is one entry in the access log."""

    def get(self, request: StaffRequest) -> HttpResponse:
        filters, policy = Filters.from_request(request), RequestPolicy.load(request_or_site=request)
        paginator = BoundedPaginator(filters.apply(request.user, policy), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        rows = [self.row(consultation, policy) for consultation in page.object_list]
        if rows:
            access_log.write(Action.LISTED, request.user, detail=" ".join(row.consultation.reference for row in rows))
        context = {
            "rows": rows, "page_obj": page, "paginator": paginator, "filters": filters, "statuses": Status.choices,
            "owners": staff_who_answer(), "query": filters.query(), "waits_for_index": filters.tokens and unindexed().exists(),
            "may_change": request.user.has_perm(CHANGE), "may_export": request.user.has_perm(EXPORT),
            "may_destroy": request.user.has_perm(DESTROY),
        }  # fmt: skip
        return render(request, "admin/consultations/inbox.html", context)

    def row(self, consultation: ConsultationRequest, policy: RequestPolicy) -> Row:
        contact = open_contact(consultation, self.request.user)
        return Row(
            consultation=consultation,
            name=contact["name"] if contact else _("Cannot be opened"),
            prefers=contact["contact_preference"] if contact else "",
            is_overdue=consultation.is_overdue(policy.answer_within_hours),
            due_on=due_on(consultation, policy),
        )

    def post(self, request: StaffRequest) -> HttpResponse:
        """Redirect to the list with a search. The text may be a patient's name, so the URL has its keyed hash instead."""
        text = request.POST.get("q", "").replace("\0", "").strip()[:200]
        index = reverse("consultations:index")
        if not text:
            return HttpResponseRedirect(index)
        consultation = ConsultationRequest.objects.filter(reference=as_reference(text)).first()
        if consultation:
            return HttpResponseRedirect(reverse("consultations:request", args=[consultation.pk]))
        try:
            index_pending()
            tokens = tokens_of_query(text)
        except SealingKeyError:
            messages.error(request, _("This process holds no key, so it cannot search. Please tell the site manager."))
            return HttpResponseRedirect(index)
        access_log.write(Action.SEARCHED, request.user)
        if not tokens:
            messages.warning(request, _("Search for a name, a phone number, an e-mail address or a reference."))
            return HttpResponseRedirect(f"{index}?found={NOBODY}")
        return HttpResponseRedirect(f"{index}?found={as_address(tokens)}")
