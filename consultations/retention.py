"""Retention: when a finished request is due to be destroyed."""

import datetime as dt

from django.db.models import Q, QuerySet

from consultations.choices import FINISHED
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest


def due_on(consultation: ConsultationRequest, policy: RequestPolicy) -> dt.datetime | None:
    """When a finished request is destroyed; None while there is something to do."""
    period = policy.kept_for(consultation.status)
    return None if period is None else consultation.status_changed_at + period


def due_before(policy: RequestPolicy, moment: dt.datetime) -> QuerySet[ConsultationRequest]:
    """Finished requests whose time is over at that moment."""
    over = Q()
    for status in FINISHED:
        over |= Q(status=status, status_changed_at__lte=moment - (policy.kept_for(status) or dt.timedelta()))
    return ConsultationRequest.objects.filter(over)
