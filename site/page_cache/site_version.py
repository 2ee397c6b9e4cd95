"""The site version: a name for the state of everything readers see. Every committed change replaces it, for all processes at once.

Whatever is computed from published content may be cached under the version it was computed from.
"""

import logging
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import cast

import redis
from django.conf import settings
from django.db import transaction

from common.redis_connections import pool_options

logger = logging.getLogger(__name__)


class VersionUnavailableError(Exception):
    """The version cannot be read or changed now, so nothing cached under a version may be used."""


class VersionStore:
    """Where the version is stored. A change that could not be written stays pending; until it is written, there is no version."""

    #: Exceptions that `read` and `write` may raise.
    errors: tuple[type[Exception], ...] = (OSError,)

    def __init__(self) -> None:
        self.pending = False

    def current(self) -> str:
        """The current version. Raises `VersionUnavailableError`."""
        if self.pending:
            self.change()
        try:
            if not (version := self.read()):
                self.change()
                version = self.read()
        except self.errors as problem:
            raise VersionUnavailableError from problem
        if not version:
            raise VersionUnavailableError
        return version

    def change(self) -> None:
        """Replace the version. Raises `VersionUnavailableError`."""
        self.pending = True
        try:
            self.write(secrets.token_hex(8))
        except self.errors as problem:
            raise VersionUnavailableError from problem
        self.pending = False

    def read(self) -> str:
        """The stored version; empty where none was written yet."""
        raise NotImplementedError

    def write(self, name: str) -> None:
        """Store a version that differs from all earlier ones."""
        raise NotImplementedError


class FileVersionStore(VersionStore):
    """For processes that share a folder: a file that every change replaces. Its inode and modification time are the version."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def read(self) -> str:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return ""
        return f"{status.st_ino:x}.{status.st_mtime_ns:x}"

    def write(self, name: str) -> None:
        temporary = self.path.with_name(f"{self.path.name}.{name}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(name)
            temporary.replace(self.path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
            raise


class RedisVersionStore(VersionStore):
    """For processes on several hosts: a random name in Redis. After Redis lost its data, a new name is written, never an earlier one."""

    KEY = "alluraderm:site-version"
    errors = (redis.RedisError, OSError)

    def __init__(self, url: str) -> None:
        super().__init__()
        self.redis = redis.Redis.from_url(url, **pool_options(url))

    def read(self) -> str:
        value = cast("bytes | None", self.redis.get(self.KEY))
        return value.decode("ascii", "replace") if value else ""

    def write(self, name: str) -> None:
        self.redis.set(self.KEY, name)


class NullVersionStore(VersionStore):
    """For a process that caches nothing, as in most tests."""

    def current(self) -> str:
        raise VersionUnavailableError

    def change(self) -> None:
        """Nothing is cached, so there is nothing to invalidate."""


@cache
def version_store() -> VersionStore:
    """The version store that the settings choose for this process."""
    if settings.SITE_VERSION_REDIS:
        return RedisVersionStore(settings.SITE_VERSION_REDIS)
    return FileVersionStore(Path(settings.SITE_VERSION_FILE)) if settings.SITE_VERSION_FILE else NullVersionStore()


def current() -> str:
    """The current version. Raises `VersionUnavailableError`."""
    return version_store().current()


def change() -> None:
    """Invalidate everything cached so far. If the store fails, the change is retried later, and the cache is not used until then."""
    try:
        version_store().change()
    except VersionUnavailableError:
        logger.error("a change could not be announced to the other processes; they see it within %s seconds", settings.PAGE_CACHE_SECONDS)


def change_on_commit() -> None:
    """Change the version after the commit, when other processes can read the new data."""
    transaction.on_commit(change)
