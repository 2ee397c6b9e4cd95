"""The store of rendered pages: in each process, and in Redis where processes share one."""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pickle import PickleError
from threading import Lock
from typing import ParamSpec, TypeVar
from wsgiref.types import WSGIEnvironment

import brotli
from django.conf import settings
from django.core.cache import cache
from redis import RedisError

from page_cache.rules import CacheKey

#: Maximum size of the bodies in one process; the least recently used entry is dropped first.
MAX_BYTES = 16 * 1024 * 1024
#: Lifetime of a page in the shared store.
SHARED_SECONDS = 24 * 3600
#: Smaller bodies are not worth compressing.
MIN_COMPRESSED_BYTES = 500
#: Browsers must revalidate a page each time.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
#: Timeout of a render lock. Longer than any page takes to render, so that a stuck render does not block other requests forever.
LOCK_SECONDS = 10

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Entry:
    """One rendered page in all content encodings. Redis holds pickled entries, so fields must not be renamed."""

    version: str
    made_at: float
    #: POSIX timestamp. The page is served until then; afterwards one request renders it again.
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

    def response_for(self, meta: WSGIEnvironment, state: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body for a request's WSGI environment. A browser that has the page already gets a 304."""
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
    """An entry for a body, compressed once in each content encoding."""
    is_small = len(body) < MIN_COMPRESSED_BYTES
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Entry(
        version,
        time.time(),
        fresh_until,
        headers,
        etag,
        body,
        b"" if is_small else gzip.compress(body, 6, mtime=0),
        b"" if is_small else brotli.compress(body, quality=5),
    )


@dataclass
class Store:
    """The cached pages of one process, backed by Redis where it is configured. A failure of Redis costs only speed."""

    entries: OrderedDict[CacheKey, Entry] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)
    render_locks: dict[CacheKey, Lock] = field(default_factory=dict)

    def get(self, key: CacheKey, version: str) -> Entry | None:
        """The cached page: in any version from this process, or in the given version from the shared store."""
        entry = self.entries.get(key)
        if entry is not None and entry.version == version:
            with self.lock:
                if key in self.entries:
                    self.entries.move_to_end(key)
            return entry
        if settings.PAGE_CACHE_SHARED:
            shared = ignore_errors(cache.get, shared_key(key, version))
            if isinstance(shared, Entry):
                self.put_local(key, shared)
                return shared
        return entry

    def put(self, key: CacheKey, entry: Entry) -> None:
        """Store a page in this process and in the shared store."""
        self.put_local(key, entry)
        if settings.PAGE_CACHE_SHARED:
            ignore_errors(cache.set, shared_key(key, entry.version), entry, SHARED_SECONDS)

    def put_local(self, key: CacheKey, entry: Entry) -> None:
        """Store a page in this process, and drop the least recently used ones above the limit."""
        with self.lock:
            old = self.entries.pop(key, None)
            self.size += entry.size - (old.size if old else 0)
            self.entries[key] = entry
            while self.size > MAX_BYTES and len(self.entries) > 1:
                _key, dropped = self.entries.popitem(last=False)
                self.size -= dropped.size

    def drop(self, key: CacheKey) -> None:
        """Drop a page."""
        with self.lock:
            if entry := self.entries.pop(key, None):
                self.size -= entry.size

    def clear(self) -> None:
        """Drop everything in this process."""
        with self.lock:
            self.entries.clear()
            self.size = 0

    @contextmanager
    def render_lock(self, key: CacheKey, wait: bool) -> Iterator[bool]:
        """True for the one request that may render a page now. Others wait for it, or with `wait=False` get False at once."""
        with self.lock:
            lock = self.render_locks.setdefault(key, Lock())
        acquired = lock.acquire(timeout=LOCK_SECONDS) if wait else lock.acquire(blocking=False)
        try:
            yield acquired
        finally:
            if acquired:
                with self.lock:
                    self.render_locks.pop(key, None)
                lock.release()


def shared_key(key: CacheKey, version: str) -> str:
    """The key in the shared store. It is a hash, so that the store does not reveal which URLs were requested."""
    return "page:" + hashlib.sha256("\n".join((version, *key)).encode()).hexdigest()


def ignore_errors(operation: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result | None:
    """The result of an operation on the shared store, or None where it fails."""
    try:
        return operation(*args, **kwargs)
    except (OSError, RedisError, PickleError):
        return None


STORE = Store()
