"""Counts searches without results, in a way that reveals nothing about a single reader."""

import datetime as dt
import re

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from common.clock import clinic_day
from common.folding import words_of
from home.models.search import SearchMiss

#: The text of a search is stored and shown to staff only after it came on this many days, so that a single visit stays private.
MIN_DAYS = 3
#: Numbers, addresses and sentences may identify a person, so only a few plain words are counted.
MAX_CHARACTERS = 40
PLAIN_WORDS = re.compile(r"[a-z]+( [a-z]+){0,3}\Z")
MAX_ROWS = 5000
RETENTION = dt.timedelta(days=90)


def count_miss(text: str) -> None:
    """Count a search without results, at most once a day for the same words. Texts that may identify a person are ignored."""
    normalized = " ".join(words_of(text))
    if "@" in text or len(normalized) > MAX_CHARACTERS or not PLAIN_WORDS.match(normalized):
        return
    digest, today = salted_hmac("search miss", normalized, algorithm="sha256").hexdigest(), clinic_day()
    miss = SearchMiss.objects.filter(digest=digest).first()
    if miss is None:
        if SearchMiss.objects.count() < MAX_ROWS:
            try:
                with transaction.atomic():
                    SearchMiss.objects.create(digest=digest, last_day=today)
            except IntegrityError:
                # Another request counted the same words at the same moment.
                return
    elif miss.last_day != today:
        days = miss.days + 1
        SearchMiss.objects.filter(pk=miss.pk, last_day=miss.last_day).update(
            days=days, last_day=today, text=normalized if days >= MIN_DAYS else ""
        )


def delete_old_misses(today: dt.date) -> None:
    """Delete searches that did not come again within the retention time."""
    SearchMiss.objects.filter(last_day__lt=today - RETENTION).delete()
