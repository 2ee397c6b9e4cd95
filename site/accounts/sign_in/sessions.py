"""One's own sessions: which browsers are signed in, since when, and ending the others."""

import datetime as dt
import time
from dataclasses import dataclass

from allauth.account.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.sign_in.idle import LAST_SEEN_KEY
from accounts.signals import sessions_ended
from common.types import Extra, Staff

SIGNED_IN_KEY = "signed_in"
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


@dataclass(frozen=True)
class StaffSession:
    """One signed-in browser of a member of staff."""

    key: str
    browser: str
    signed_in_at: dt.datetime | None
    last_seen_at: dt.datetime | None
    is_current: bool


def browser_of(user_agent: str) -> str:
    """Browser and system in two words, such as “Firefox, Windows”."""
    names = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or str(_("Another browser"))


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: Staff, **kwargs: Extra) -> None:
    """Note in the session when it began and in which browser, and nothing finer."""
    request.session[SIGNED_IN_KEY] = {"at": time.time(), "browser": browser_of(request.headers.get("User-Agent", ""))}


def _moment(timestamp: float | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(timestamp, tz=dt.UTC) if timestamp else None


def sessions_of(user: Staff, current_key: str | None) -> list[StaffSession]:
    """The user's sessions, the current one first, then the one that was used last. A clinic has few enough to read them all."""
    found = []
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        data = session.get_decoded()
        if data.get("_auth_user_id") == str(user.pk):
            begun = data.get(SIGNED_IN_KEY, {})
            moments = _moment(begun.get("at")), _moment(data.get(LAST_SEEN_KEY))
            found.append(StaffSession(session.session_key, begun.get("browser", ""), *moments, session.session_key == current_key))
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda one: (one.is_current, one.last_seen_at or oldest), reverse=True)


def end_other_sessions(user: Staff, current_key: str | None) -> int:
    """End every session of the user but the current one, and return their number."""
    others = [one.key for one in sessions_of(user, current_key) if not one.is_current]
    Session.objects.filter(session_key__in=others).delete()
    sessions_ended.send(sender=type(user), user=user, count=len(others))
    return len(others)
