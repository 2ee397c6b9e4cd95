"""Two signs of an automated POST: a honeypot field, and the time it took. Neither discards a request: staff see a mark on it."""

import secrets
import time

from django.core import signing
from django.http import QueryDict

from consultations.choices import Suspicion

SALT = "consultations.opened"
#: A person cannot fill in the form faster than this.
MIN_SECONDS = 2.0
#: How long the token in `OPENED_FIELD` is valid.
MAX_HOURS = 24
HONEYPOT_FIELD = "website"
OPENED_FIELD = "opened"


def opened_token() -> str:
    """A signed token with the time when the form was opened."""
    return signing.dumps([round(time.time(), 3), secrets.token_hex(4)], salt=SALT)


def suspicion_of(data: QueryDict) -> Suspicion | None:
    """Why posted data may come from a bot, or None."""
    if data.get(HONEYPOT_FIELD):
        return Suspicion.HONEYPOT
    try:
        opened_at = signing.loads(data.get(OPENED_FIELD, ""), salt=SALT, max_age=MAX_HOURS * 3600)[0]
    except signing.BadSignature:
        return Suspicion.UNOPENED
    return Suspicion.FAST if time.time() - opened_at < MIN_SECONDS else None
