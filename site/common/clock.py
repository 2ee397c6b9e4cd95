"""Moments that limits are counted by."""

import datetime as dt

from django.utils import timezone


def current_hour() -> dt.datetime:
    """The beginning of this hour."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)
