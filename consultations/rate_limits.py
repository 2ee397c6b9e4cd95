"""Rate limits by client address, counted in the database so that all processes share the counts."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from common.client_address import client_address, network_of
from common.clock import current_hour
from consultations.models.rate_limits import AttemptCount

#: Points for a POST of the form. A POST that looks automated costs more.
POST_COST, FAST_COST = 1, 5
#: Wrong receipt codes that one address may enter in an hour. A code has 79 bits.
CODE_GUESSES_PER_HOUR = 30


def _key(request: HttpRequest, purpose: str) -> str:
    # The hour is part of the key, so that counts of one address in different hours cannot be linked.
    value = f"{purpose} {network_of(client_address(request))} {current_hour().isoformat()}"
    return salted_hmac("consultations.attempts", value, algorithm="sha256").hexdigest()


def limit_for(purpose: str) -> int:
    """Points that one address may spend in an hour for a purpose. 0 means no limit."""
    return CODE_GUESSES_PER_HOUR if purpose == "receipt" else settings.CONSULTATION_POSTS_PER_HOUR


def is_exceeded(request: HttpRequest, purpose: str) -> bool:
    """Whether the sender's address has reached the limit for this hour."""
    limit = limit_for(purpose)
    return bool(limit) and AttemptCount.objects.filter(key=_key(request, purpose), points__gte=limit).exists()


def count_attempt(request: HttpRequest, purpose: str, points: int = POST_COST) -> None:
    """Add an attempt of the sender's address to the count of this hour."""
    if not limit_for(purpose):
        return
    key = _key(request, purpose)
    if AttemptCount.objects.filter(key=key).update(points=F("points") + points):
        return
    try:
        with transaction.atomic():
            AttemptCount.objects.create(key=key, points=points, hour=current_hour())
    except IntegrityError:
        AttemptCount.objects.filter(key=key).update(points=F("points") + points)


def delete_expired_counts() -> int:
    """Delete the counts of past hours and return how many there were."""
    expired = AttemptCount.objects.filter(hour__lt=current_hour())
    with transaction.atomic():
        free = list(expired.select_for_update(skip_locked=True).values_list("pk", flat=True))
        return AttemptCount.objects.filter(pk__in=free).delete()[0]
