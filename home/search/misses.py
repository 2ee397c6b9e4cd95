"""What readers look for in vain, counted so that it says nothing of any one of them."""

import datetime as dt
import re

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.models.search import SearchMiss
from home.search.spelling import words

#: A search is shown to staff once it came on this many days: one worried night stays nobody's business.
DAYS_UNTIL_SHOWN = 3
#: Numbers, addresses and sentences can name a person; a few plain words cannot tell much.
MAX_CHARACTERS = 40
PLAIN = re.compile(r"[a-z]+( [a-z]+){0,3}\Z")
MAX_ROWS = 5000
FORGOTTEN_AFTER = dt.timedelta(days=90)


def count_miss(text: str) -> None:
    """Remember that a search found nothing, at most once a day for the same words."""
    plain = " ".join(words(text))
    if "@" in text or len(plain) > MAX_CHARACTERS or not PLAIN.match(plain):
        return
    digest, today = salted_hmac("search miss", plain, algorithm="sha256").hexdigest(), timezone.localdate()
    miss = SearchMiss.objects.filter(digest=digest).first()
    if miss is None:
        forget_old(today)
        if SearchMiss.objects.count() < MAX_ROWS:
            try:
                with transaction.atomic():
                    SearchMiss.objects.create(digest=digest, last_day=today)
            except IntegrityError:
                # Somebody else looked for the same at the same moment.
                return
    elif miss.last_day != today:
        days = miss.days + 1
        SearchMiss.objects.filter(pk=miss.pk, last_day=miss.last_day).update(
            days=days, last_day=today, text=plain if days >= DAYS_UNTIL_SHOWN else ""
        )


def forget_old(today: dt.date) -> None:
    """What nobody looked for in months makes room."""
    SearchMiss.objects.filter(last_day__lt=today - FORGOTTEN_AFTER).delete()
