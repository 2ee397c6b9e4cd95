"""Heads of the access log, noted outside the database, so that restoring or cutting the database back does not go unseen.

The worker appends a line to `ACCESS_RECORD_NOTES` whenever there is something new, at most once a minute, and writes the same line to
its log. Each line is authenticated with the record's own key. A cut of the log shows as soon as it removes an entry that was noted.
"""

import hmac
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from consultations.access_log import keyed_hash, record_keys
from consultations.models.access_log import AccessLogHead

logger = logging.getLogger(__name__)

PURPOSE = "noted head"
#: More than the longest line.
LAST_BYTES = 400


class NotedHead(NamedTuple):
    """Where the access log ended at a time (ISO 8601, UTC)."""

    at: str
    number: int
    chain_hash: str


def notes_file() -> Path:
    """The file with the noted heads, which only the staff side can read."""
    return Path(settings.ACCESS_RECORD_NOTES)


def note_head() -> NotedHead | None:
    """Note where the access log ends now, and return it. None where that was noted already."""
    head = AccessLogHead.objects.filter(pk=1).first()
    last = _last_noted()
    if head is None or not head.number or (last is not None and (last.number, last.chain_hash) == (head.number, head.chain_hash)):
        return None
    noted = NotedHead(timezone.now().isoformat(timespec="seconds"), head.number, head.chain_hash)
    line = " ".join([*map(str, noted), keyed_hash(settings.ACCESS_RECORD_KEY, PURPOSE, *noted)])
    notes_file().parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(notes_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
    logger.warning("the access record ends with %s", line)
    return noted


def _parse(line: str) -> NotedHead | None:
    """The head that a line notes. None for a line that none of the record's keys authenticates."""
    parts = line.split(" ")
    if len(parts) != 4 or not parts[1].isdecimal():
        return None
    noted = NotedHead(parts[0], int(parts[1]), parts[2])
    return noted if any(hmac.compare_digest(parts[3], keyed_hash(key, PURPOSE, *noted)) for key in record_keys()) else None


def _last_noted() -> NotedHead | None:
    """The head that was noted last, read from the end of the file, which grows by a line a minute."""
    try:
        with notes_file().open("rb") as file:
            file.seek(max(0, notes_file().stat().st_size - LAST_BYTES))
            lines = file.read().decode("ascii", "replace").splitlines()
    except FileNotFoundError:
        return None
    return _parse(lines[-1]) if lines else None


def noted_heads() -> Iterator[NotedHead]:
    """Every head in the file that was noted with one of the record's keys, the oldest first. Other lines prove nothing and are left out."""
    try:
        lines = notes_file().read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return
    yield from filter(None, map(_parse, lines))
