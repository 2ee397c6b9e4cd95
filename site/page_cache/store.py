"""Where rendered pages are stored: in this process, and in Redis where processes share one."""

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

from page_cache.rules import Key

#: Bytes of bodies that one process stores; the least recently used goes first.
MAX_BYTES = 16 * 1024 * 1024
#: How long the shared store keeps a page.
SHARED_SECONDS = 24 * 3600
#: Smaller bodies are not worth compressing.
MIN_COMPRESSED_BYTES = 500
#: Browsers ask each time whether a page is still the same.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
#: Longer than any page takes to render; a process that died gives way to the next.
LOCK_SECONDS = 10


@dataclass(frozen=True)
class Entry:
    """One rendered page, compressed in every way that browsers ask for."""

    version: str
    made_at: float
    #: Until then it is served as it is; afterwards one reader renders it again.
    fresh_until: float
    headers: tuple[tuple[str, str], ...]
    etag: str
    identity: bytes
    gzipped: bytes
    brotli_compressed: bytes

    def body_for(self, accepted: str) -> tuple[bytes, str]:
        """The body for an `Accept-Encoding` header, and its content encoding."""
        if self.brotli_compressed and "br" in accepted:
            return self.brotli_compressed, "br"
        if self.gzipped and "gzip" in accepted:
            return self.gzipped, "gzip"
        return self.identity, ""

    def answer(self, meta: dict[str, Any], state: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body for a request, by its environment. A browser that has the page gets a 304."""
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
        return len(self.identity) + len(self.gzipped) + len(self.brotli_compressed)


def new_entry(version: str, fresh_until: float, headers: tuple[tuple[str, str], ...], body: bytes) -> Entry:
    """An entry of a body, compressed once in every way that browsers ask for."""
    small = len(body) < MIN_COMPRESSED_BYTES
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
    """The pages of one process, with Redis behind them where there is one. Losing Redis costs speed only."""

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
            shared = ignore_errors(cache.get, shared_key(key, version))
            if isinstance(shared, Entry):
                self.put_local(key, shared)
                return shared
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Store a page, here and for the other processes."""
        self.put_local(key, entry)
        if settings.PAGE_CACHE_SHARED:
            ignore_errors(cache.set, shared_key(key, entry.version), entry, SHARED_SECONDS)

    def put_local(self, key: Key, entry: Entry) -> None:
        """Store a page in this process, and drop the least recently used beyond the limit."""
        with self.guard:
            old = self.entries.pop(key, None)
            self.size += entry.size - (old.size if old else 0)
            self.entries[key] = entry
            while self.size > MAX_BYTES and len(self.entries) > 1:
                _key, dropped = self.entries.popitem(last=False)
                self.size -= dropped.size

    def drop(self, key: Key) -> None:
        """Drop a page."""
        with self.guard:
            if entry := self.entries.pop(key, None):
                self.size -= entry.size

    def clear(self) -> None:
        """Drop everything in this process."""
        with self.guard:
            self.entries.clear()
            self.size = 0

    @contextmanager
    def render_lock(self, key: Key, wait: bool) -> Any:
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


def shared_key(key: Key, version: str) -> str:
    """A name that says nothing of the address to whoever reads the store."""
    return "page:" + hashlib.sha256("\n".join((version, *key)).encode()).hexdigest()


def ignore_errors(ask: Any, *arguments: Any) -> Any:
    """The answer of the shared store, or None where it fails."""
    try:
        return ask(*arguments)
    except (OSError, RedisError, PickleError):
        return None


STORE = Store()
