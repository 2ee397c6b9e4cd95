"""What the admin's home page says about requests: what is new, late, unread, and soon to be destroyed."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from consultations.inbox.access import VIEW
from consultations.models import ConsultationRequest, OutgoingMail, RequestPolicy
from consultations.retention import due_before

MAX_COUNTED = 1000
DUE_WITHIN = dt.timedelta(days=14)


class RequestsPanel(Component):
    """Counts only, no names: the home page is no look at a patient."""

    name = "requests"
    template_name = "admin/consultations/panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        if not request.user.has_perm(VIEW):
            return {"shown": False}
        policy = RequestPolicy.load(request_or_site=request)
        index = reverse("consultations:index")
        requests = ConsultationRequest.objects

        def counted(queryset: Any) -> int:
            return int(queryset[:MAX_COUNTED].count())

        return {
            "shown": True,
            "index": index,
            "new": counted(requests.filter(is_new=True)),
            "overdue": counted(requests.filter(is_new=True, received_at__lt=policy.overdue_before())),
            "mine": counted(requests.filter(owner=request.user).exclude(status__in=("closed", "spam"))),
            "unread": counted(requests.filter(has_unread_message=True)),
            "due": counted(due_before(policy, timezone.now() + DUE_WITHIN)),
            "unsent": counted(OutgoingMail.objects.filter(gave_up_at__isnull=False, gave_up_at__gt=timezone.now() - DUE_WITHIN)),
            "due_days": DUE_WITHIN.days,
        }
