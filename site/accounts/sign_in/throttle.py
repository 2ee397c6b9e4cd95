"""Limits on wrong passwords, for each account and each network, besides those for the pair of both that django-axes keeps.

They are wider than that one, so that nobody can lock a colleague out by a handful of tries, and an administrator can lift them.
"""

import datetime as dt

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from common.client_address import client_address, network_of

#: Wrong passwords within `AXES_COOLOFF_TIME`, from anywhere for one account, and for any accounts from one network.
MAX_PER_ACCOUNT, MAX_PER_NETWORK = 30, 60


def client_network(request: HttpRequest) -> str | None:
    """The client's address; of an IPv6 address its /64 network, which one household or office has. None where it is not known."""
    network = network_of(client_address(request)).partition("/")[0]
    return None if network == "unknown" else network


def _failures(**attempts: str | None) -> int:
    since: dt.datetime = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__gte=since, **attempts).aggregate(total=Sum("failures_since_start"))["total"] or 0


def is_locked(request: HttpRequest, username: str) -> bool:
    """Whether this account, or the client's network, had too many wrong passwords lately."""
    return _failures(username=username) >= MAX_PER_ACCOUNT or _failures(ip_address=client_network(request)) >= MAX_PER_NETWORK


def unlock(username: str) -> int:
    """Forget the wrong passwords of one account, and return for how many networks there were some."""
    return AccessAttempt.objects.filter(username=username).delete()[0]
