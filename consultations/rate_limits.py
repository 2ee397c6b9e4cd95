"""Rate limits by address, counted in the database so that every process counts the same."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.client_address import client_address, network_of
from consultations.models.rate_limits import AttemptCount

#: What a post of the form costs; one that came too fast for a person costs more.
POST_COST, FAST_COST = 1, 5
#: Guesses of a receipt code that one address has in an hour. A code has 79 bits.
CODE_GUESSES_PER_HOUR = 30


def _hour() -> dt.datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def _key(request: HttpRequest, purpose: str) -> str:
    # The hour is part of the key, so that counts of different hours cannot be brought together.
    value = f"{purpose} {network_of(client_address(request))} {_hour().isoformat()}"
    return salted_hmac("consultations.attempts", value, algorithm="sha256").hexdigest()


def allowance(purpose: str) -> int:
    """Points that one address has in an hour for a purpose. 0 means that there is no limit."""
    return CODE_GUESSES_PER_HOUR if purpose == "receipt" else settings.CONSULTATION_POSTS_PER_HOUR


def is_over(request: HttpRequest, purpose: str) -> bool:
    """Whether this address has used up its hour."""
    limit = allowance(purpose)
    return bool(limit) and AttemptCount.objects.filter(key=_key(request, purpose), points__gte=limit).exists()


def count(request: HttpRequest, purpose: str, points: int = POST_COST) -> None:
    """Count an attempt."""
    if not allowance(purpose):
        return
    key = _key(request, purpose)
    if AttemptCount.objects.filter(key=key).update(points=F("points") + points):
        return
    try:
        with transaction.atomic():
            AttemptCount.objects.create(key=key, points=points, hour=_hour())
    except IntegrityError:
        AttemptCount.objects.filter(key=key).update(points=F("points") + points)


def forget_past_hours() -> int:
    """Delete counts that no longer limit anything; returns how many."""
    return AttemptCount.objects.filter(hour__lt=_hour()).delete()[0]
