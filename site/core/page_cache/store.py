"""Where rendered pages are kept: in this process, and in Redis where processes share one."""

import gzip
import hashlib
import time
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from pickle import PickleError
from threading import Lock
from typing import Any

import brotli
from django.conf import settings
from django.core.cache import cache
from redis import RedisError

from core.page_cache.rules import Key

#: Bytes of bodies that one process keeps; what was not asked for longest goes first.
MOST_BYTES = 16 * 1024 * 1024
#: A shared page that nobody asks for is forgotten.
SHARED_SECONDS = 24 * 3600
#: Too small to be worth packing.
SMALLEST_PACKED = 500
#: Browsers ask each time whether a page is still the same.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
#: Longer than any page takes to render; a process that died gives way to the next.
LOCK_SECONDS = 10


@dataclass(frozen=True)
class Entry:
    """One rendered page, packed in every way that browsers ask for."""

    version: str
    made_at: float
    #: Until then it is simply given; afterwards one reader renders it anew.
    fresh_until: float
    headers: tuple[tuple[str, str], ...]
    etag: str
    plain: bytes
    gzipped: bytes
    brotlied: bytes

    def body_for(self, accepted: str) -> tuple[bytes, str]:
        """The body as a browser likes it, by its `Accept-Encoding`, and how that is packed."""
        if self.brotlied and "br" in accepted:
            return self.brotlied, "br"
        if self.gzipped and "gzip" in accepted:
            return self.gzipped, "gzip"
        return self.plain, ""

    def answer(self, meta: dict[str, Any], state: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body for a request, by its environment. A browser that has the page is told so."""
        headers = [
            ("ETag", self.etag),
            ("Cache-Control", CACHE_CONTROL),
            ("Vary", "Accept-Encoding"),
            ("Age", str(max(0, int(time.time() - self.made_at)))),
            ("X-Cache", state),
        ]
        if meta.get("HTTP_IF_NONE_MATCH") == self.etag:
            return 304, headers, b""
        body, encoding = self.body_for(meta.get("HTTP_ACCEPT_ENCODING", ""))
        headers += self.headers
        headers.append(("Content-Length", str(len(body))))
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return 200, headers, body

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.gzipped) + len(self.brotlied)


def packed(version: str, fresh_until: float, headers: tuple[tuple[str, str], ...], body: bytes) -> Entry:
    """An entry of a body. The packing is done once here, and never again."""
    small = len(body) < SMALLEST_PACKED
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Entry(
        version,
        time.time(),
        fresh_until,
        headers,
        etag,
        body,
        b"" if small else gzip.compress(body, 6, mtime=0),
        b"" if small else brotli.compress(body, quality=5),
    )


@dataclass
class Store:
    """The pages of one process, with Redis behind them where there is one. Without it, or while it is gone, it costs speed only."""

    entries: OrderedDict[Key, Entry] = field(default_factory=OrderedDict)
    size: int = 0
    guard: Any = field(default_factory=Lock)
    renderers: dict[Key, Any] = field(default_factory=dict)

    def get(self, key: Key, version: str) -> Entry | None:
        """The page of that address, of whichever version this process has; of this version, if only the shared store has it."""
        entry = self.entries.get(key)
        if entry is not None and entry.version == version:
            with self.guard:
                if key in self.entries:
                    self.entries.move_to_end(key)
            return entry
        if settings.PAGE_CACHE_SHARED:
            shared = quietly(cache.get, shared_name(key, version))
            if isinstance(shared, Entry):
                self.keep(key, shared)
                return shared
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep a page, here and for the other processes."""
        self.keep(key, entry)
        if settings.PAGE_CACHE_SHARED:
            quietly(cache.set, shared_name(key, entry.version), entry, SHARED_SECONDS)

    def keep(self, key: Key, entry: Entry) -> None:
        """Keep a page in this process, and forget the oldest beyond the limit."""
        with self.guard:
            old = self.entries.pop(key, None)
            self.size += entry.size - (old.size if old else 0)
            self.entries[key] = entry
            while self.size > MOST_BYTES and len(self.entries) > 1:
                _key, dropped = self.entries.popitem(last=False)
                self.size -= dropped.size

    def drop(self, key: Key) -> None:
        """Forget a page."""
        with self.guard:
            if entry := self.entries.pop(key, None):
                self.size -= entry.size

    def clear(self) -> None:
        """Forget everything in this process."""
        with self.guard:
            self.entries.clear()
            self.size = 0

    @contextmanager
    def rendering(self, key: Key, wait: bool) -> Any:
        """True for the one reader who renders a page now. Others wait for that one, or with `wait=False` get False at once."""
        with self.guard:
            lock = self.renderers.setdefault(key, Lock())
        mine = lock.acquire(timeout=LOCK_SECONDS) if wait else lock.acquire(blocking=False)
        try:
            yield mine
        finally:
            if mine:
                with self.guard:
                    self.renderers.pop(key, None)
                lock.release()


def shared_name(key: Key, version: str) -> str:
    """A name that says nothing of the address to whoever reads the store."""
    return "page:" + hashlib.sha256("\n".join((version, *key)).encode()).hexdigest()


def quietly(ask: Any, *arguments: Any) -> Any:
    """What the shared store answers; None while it does not."""
    try:
        return ask(*arguments)
    except (OSError, RedisError, PickleError):
        return None


STORE = Store()
