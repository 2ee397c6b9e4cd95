"""The panel on the admin home page with the numbers of requests that are new, overdue, unread or soon destroyed."""

import datetime as dt

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from common.types import Context
from consultations.inbox.access import VIEW
from consultations.models import ConsultationRequest, OutgoingMail, RequestPolicy
from consultations.retention import due_before

MAX_COUNTED = 1000
DUE_WITHIN = dt.timedelta(days=14)


class RequestsPanel(Component):
    """Counts only, no names, so that opening the home page needs no entry in the access log."""

    name = "requests"
    template_name = "admin/consultations/panel.html"
    order = 50

    def get_context_data(self, parent_context: Context) -> Context:
        request = parent_context["request"]
        if not request.user.has_perm(VIEW):
            return {"shown": False}
        policy = RequestPolicy.load(request_or_site=request)
        index = reverse("consultations:index")
        consultations = ConsultationRequest.objects

        def count(queryset: QuerySet[Model]) -> int:
            return int(queryset[:MAX_COUNTED].count())

        return {
            "shown": True,
            "index": index,
            "first": count(consultations.filter(waits_first=True)),
            "new": count(consultations.filter(is_new=True)),
            "overdue": count(consultations.filter(is_new=True, received_at__lt=policy.overdue_before())),
            "mine": count(consultations.filter(owner=request.user).exclude(status__in=("closed", "spam"))),
            "unread": count(consultations.filter(has_unread_message=True)),
            "due": count(due_before(policy, timezone.now() + DUE_WITHIN)),
            "unsent": count(OutgoingMail.objects.filter(gave_up_at__isnull=False, gave_up_at__gt=timezone.now() - DUE_WITHIN)),
            "undelivered": count(OutgoingMail.objects.undelivered_to_patient()),
            "due_days": DUE_WITHIN.days,
        }
