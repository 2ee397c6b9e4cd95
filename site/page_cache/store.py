"""The store of rendered pages: in each process, and in Redis where processes share one."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import cast

import redis
from django.conf import settings

from common.redis_connections import pool_options
from page_cache.entry import Entry, ForeignEntryError
from page_cache.rules import CacheKey

#: Maximum size of the bodies in one process; the least recently used entry is dropped first.
MAX_BYTES = 16 * 1024 * 1024
#: Lifetime of a page in the shared store.
SHARED_SECONDS = 24 * 3600
#: Begins the keys in Redis. Only processes that serve readers need access to them.
SHARED_PREFIX = "alluraderm:page:"
#: Timeout of a render lock. Longer than any page takes to render, so that a stuck render does not block other requests forever.
LOCK_SECONDS = 10


class SharedPages:
    """Cached pages in Redis, as authenticated bytes. A failure of Redis, or bytes that no process of this side stored, count as absent."""

    def __init__(self, url: str) -> None:
        self.redis = redis.Redis.from_url(url, **pool_options(url))

    def get(self, key: CacheKey, version: str) -> Entry | None:
        """The page of this version, or None."""
        name = shared_key(key, version)
        try:
            stored = cast("bytes | None", self.redis.get(name))
            return Entry.from_bytes(name, stored) if stored else None
        except (OSError, redis.RedisError, ForeignEntryError):
            return None

    def put(self, key: CacheKey, entry: Entry) -> None:
        """Store a page."""
        name = shared_key(key, entry.version)
        with suppress(OSError, redis.RedisError):
            self.redis.set(name, entry.to_bytes(name), ex=SHARED_SECONDS)


def shared_key(key: CacheKey, version: str) -> str:
    """The key in Redis. It is a hash, so that Redis does not reveal which URLs were requested."""
    return SHARED_PREFIX + hashlib.sha256("\n".join((version, *key)).encode()).hexdigest()


@cache
def shared_pages() -> SharedPages | None:
    """The store that processes share, where the settings name one."""
    return SharedPages(settings.PAGE_CACHE_REDIS) if settings.PAGE_CACHE_REDIS else None


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
        if (pages := shared_pages()) and (shared := pages.get(key, version)):
            self.put_local(key, shared)
            return shared
        return entry

    def put(self, key: CacheKey, entry: Entry) -> None:
        """Store a page in this process and in the shared store."""
        self.put_local(key, entry)
        if pages := shared_pages():
            pages.put(key, entry)

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


STORE = Store()
