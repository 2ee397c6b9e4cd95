"""The list of requests: new ones first, narrowed by status, owner, lateness or search."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import access_log
from consultations.choices import Action, Status
from consultations.inbox.access import CHANGE, DESTROY, EXPORT, VIEW, InboxAccess
from consultations.models import ConsultationRequest, RequestPolicy
from consultations.reading import open_contact
from consultations.retention import due_on
from consultations.search_index import index_pending, matching, tokens_of_query, unindexed
from sealing.errors import SealingKeyError

PER_PAGE = 25
#: Beyond this nobody pages on, and counting a million rows would make everybody wait.
MAX_COUNTED = 1000
SEARCH_SEPARATOR = "."


class BoundedPaginator(Paginator):
    """Counts to a limit only, so that the first page takes the same time however many requests there are."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list[: MAX_COUNTED + 1].count())  # type: ignore[attr-defined]

    @property
    def is_bounded(self) -> bool:
        """Whether there is more than was counted."""
        return self.count > MAX_COUNTED


@dataclass
class Row:
    """One line of the list, opened for the person who looks."""

    consultation: ConsultationRequest
    name: str
    prefers: str
    is_overdue: bool
    due_on: Any


def staff_who_answer() -> QuerySet[Any]:
    """People who can look after a request."""
    return (
        get_user_model()
        .objects.with_perm(VIEW, backend="django.contrib.auth.backends.ModelBackend", include_superusers=False)
        .filter(is_active=True)
        .order_by("first_name", "username")
    )


def is_number(text: str) -> bool:
    """Whether a text can be the id of a person."""
    return text.isascii() and text.isdigit() and len(text) < 10


@dataclass
class Filters:
    """What the address of the list asks for. Unknown values mean no filter."""

    status: str
    owner: str
    overdue: bool
    tokens: list[str]

    @classmethod
    def of(cls, request: HttpRequest) -> "Filters":
        status, owner = request.GET.get("status", ""), request.GET.get("owner", "")
        tokens = [part for part in request.GET.get("found", "").split(SEARCH_SEPARATOR) if part][:10]
        return cls(
            status if status in Status.values else "",
            owner if owner in ("me", "none") or is_number(owner) else "",
            request.GET.get("overdue") == "yes",
            tokens,
        )

    def apply(self, user: Any, policy: RequestPolicy) -> QuerySet[ConsultationRequest]:
        """Matching requests, new ones first."""
        consultations = ConsultationRequest.objects.select_related("owner").defer("sealed_answers")
        if self.status:
            consultations = consultations.filter(status=self.status)
        if self.overdue:
            consultations = consultations.filter(is_new=True, received_at__lt=policy.overdue_before())
        if self.owner == "none":
            consultations = consultations.filter(owner=None)
        elif self.owner:
            consultations = consultations.filter(owner_id=user.pk if self.owner == "me" else int(self.owner))
        return matching(consultations, self.tokens) if self.tokens else consultations

    def query(self) -> dict[str, str]:
        """The parameters that ask for the same again."""
        pairs = {"status": self.status, "owner": self.owner, "overdue": "yes" if self.overdue else "", "found": ".".join(self.tokens)}
        return {name: value for name, value in pairs.items() if value}


class InboxView(InboxAccess):
    """One page of the list. Each name on it is a look, so the page as a whole is recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        filters, policy = Filters.of(request), RequestPolicy.load(request_or_site=request)
        paginator = BoundedPaginator(filters.apply(request.user, policy), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        rows = [self.row(consultation, policy) for consultation in page.object_list]
        if rows:
            access_log.write(Action.LISTED, request.user, detail=" ".join(row.consultation.reference for row in rows))
        context = {
            "rows": rows, "page_obj": page, "paginator": paginator, "filters": filters, "statuses": Status.choices,
            "owners": staff_who_answer(), "query": filters.query(), "waits_for_index": filters.tokens and unindexed().exists(),
            "may_change": request.user.has_perm(CHANGE), "may_export": request.user.has_perm(EXPORT),
            "may_destroy": request.user.has_perm(DESTROY), "most_counted": MAX_COUNTED,
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

    def post(self, request: HttpRequest) -> HttpResponse:
        """A search. What was typed may be a patient's name, so it never becomes part of an address: its keyed hash does."""
        text = request.POST.get("q", "").replace("\0", "").strip()[:200]
        index = reverse("consultations:index")
        if not text:
            return HttpResponseRedirect(index)
        by_reference = ConsultationRequest.objects.filter(reference=text.upper()).first()
        if by_reference:
            return HttpResponseRedirect(reverse("consultations:request", args=[by_reference.pk]))
        try:
            index_pending()
            tokens = tokens_of_query(text)
        except SealingKeyError:
            messages.error(request, _("This process holds no key, so it cannot search. Please tell the site manager."))
            return HttpResponseRedirect(index)
        access_log.write(Action.SEARCHED, request.user)
        if not tokens:
            messages.warning(request, _("Search for a name, a phone number, an e-mail address or a reference."))
            return HttpResponseRedirect(index)
        return HttpResponseRedirect(f"{index}?found={SEARCH_SEPARATOR.join(tokens)}")
