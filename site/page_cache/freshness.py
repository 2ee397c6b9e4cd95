"""Until when a page is fresh: while a response is built, code can say when what it shows will change by itself."""

import datetime as dt

from django.http import HttpRequest


def stale_at(request: HttpRequest, moment: dt.datetime) -> None:
    """Render the page of this request again after a moment. The earliest one counts."""
    earlier = getattr(request, "_stale_at", None)
    request._stale_at = min(earlier, moment.timestamp()) if earlier else moment.timestamp()  # type: ignore[attr-defined]


def said_stale_at(request: HttpRequest) -> float:
    """POSIX timestamp of the earliest moment that was said. Infinite where none was."""
    return float(getattr(request, "_stale_at", "inf"))
