"""Retention: when a finished request is due to be destroyed."""

import datetime as dt

from django.db.models import Q, QuerySet

from consultations.choices import FINISHED
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest


def due_on(consultation: ConsultationRequest, policy: RequestPolicy) -> dt.datetime | None:
    """When a finished request is due to be destroyed. None if it is not finished."""
    period = policy.retention_period(consultation.status)
    return None if period is None else consultation.status_changed_at + period


def due_before(policy: RequestPolicy, moment: dt.datetime) -> QuerySet[ConsultationRequest]:
    """Finished requests whose retention period is over at this moment."""
    is_due = Q()
    for status in FINISHED:
        is_due |= Q(status=status, status_changed_at__lte=moment - (policy.retention_period(status) or dt.timedelta()))
    return ConsultationRequest.objects.filter(is_due)
