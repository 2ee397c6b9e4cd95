"""A name for the state of everything readers see. It changes when a change has been committed, on every process at once.

Whatever is computed from published content may be kept under the version it was computed from.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)

#: What one function keeps at most.
MOST_ANSWERS = 300


class Unavailable(Exception):
    """The version cannot be read or changed now, so nothing kept under one may be used."""


class Keeper:
    """Where the version is kept. A change that could not be told is told as soon as it can be, and until then there is no version."""

    #: What reading and writing may raise.
    errors: tuple[type[Exception], ...] = (OSError,)

    def __init__(self) -> None:
        self.owed = False

    def current(self) -> str:
        """The version. Raises `Unavailable`."""
        if self.owed:
            self.change()
        try:
            if not (found := self.read()):
                self.change()
                found = self.read()
        except self.errors as problem:
            raise Unavailable from problem
        if not found:
            raise Unavailable
        return found

    def change(self) -> None:
        """Another version from now on. Raises `Unavailable`."""
        self.owed = True
        try:
            self.write(secrets.token_hex(8))
        except self.errors as problem:
            raise Unavailable from problem
        self.owed = False

    def read(self) -> str:
        """The version; empty where none was ever named."""
        raise NotImplementedError

    def write(self, name: str) -> None:
        """Make it differ from every version before."""
        raise NotImplementedError


class FileKeeper(Keeper):
    """For processes that share a folder: a file that is replaced at every change, so that its inode and time name the version."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def read(self) -> str:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return ""
        return f"{found.st_ino:x}.{found.st_mtime_ns:x}"

    def write(self, name: str) -> None:
        written = self.path.with_name(f"{self.path.name}.{name}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(name)
            written.replace(self.path)
        except OSError:
            with suppress(OSError):
                written.unlink()
            raise


class RedisKeeper(Keeper):
    """For processes on several hosts: a name in Redis. One that lost its memory gets a name that was never given."""

    KEY = "alluraderm:site-version"

    def __init__(self, url: str) -> None:
        import redis

        from core.redis_connection import options_for

        super().__init__()
        self.errors = (redis.RedisError, OSError)
        self.redis = redis.Redis.from_url(url, **options_for(url))

    def read(self) -> str:
        found: Any = self.redis.get(self.KEY)
        return found.decode() if found else ""

    def write(self, name: str) -> None:
        self.redis.set(self.KEY, name)


class NoKeeper(Keeper):
    """For a process that keeps nothing, as most tests do."""

    def current(self) -> str:
        raise Unavailable

    def change(self) -> None:
        """There is nothing to tell."""


@cache
def keeper() -> Keeper:
    """The one of this process."""
    if settings.SITE_VERSION_REDIS:
        return RedisKeeper(settings.SITE_VERSION_REDIS)
    return FileKeeper(Path(settings.SITE_VERSION_FILE)) if settings.SITE_VERSION_FILE else NoKeeper()


def current() -> str:
    """The version now. Raises `Unavailable`."""
    return keeper().current()


def change() -> None:
    """Everything kept so far is out of date. A store that does not answer is told later, and is not used until then."""
    try:
        keeper().change()
    except Unavailable:
        logger.error("a change could not be told to the other processes; they see it within %s seconds", settings.PAGE_CACHE_SECONDS)


def change_on_commit() -> None:
    """Once what is being saved can be read by everybody."""
    transaction.on_commit(change)


class Version(NamedTuple):
    """What a response is made from."""

    name: str
    #: Whether later responses may be made from the same.
    lasts: bool


of_response: ContextVar[Version | None] = ContextVar("version of the site that this response is made from", default=None)


@contextmanager
def held_for_response() -> Iterator[None]:
    """Within it, what is kept is of the version that was current when it began: named before anything is read.

    A name holds for a quarter of an hour at most, so that a change of which this process was not told is seen all the same.
    """
    try:
        version = Version(f"{current()}.{int(time.time()) // settings.PAGE_CACHE_SECONDS}", lasts=True)
    except Unavailable:
        version = Version(secrets.token_hex(8), lasts=False)
    token = of_response.set(version)
    try:
        yield
    finally:
        of_response.reset(token)


Asked = ParamSpec("Asked")
Kept = TypeVar("Kept")


def kept(read: Callable[Asked, Kept]) -> Callable[Asked, Kept]:
    """What `read` gives for the same arguments, read once for each version of the site in each process. Nobody may change it.

    Only while a reader is answered: staff see what they have just written, before it is committed.
    """
    held: tuple[Version | None, dict[Any, Kept]] = None, {}

    @wraps(read)
    def reading(*args: Asked.args, **kwargs: Asked.kwargs) -> Kept:
        nonlocal held
        now = of_response.get()
        if now is None:
            return read(*args, **kwargs)
        # Taken as one: another thread may hold another version a moment later.
        version, answers = held
        if version != now:
            held = now, (answers := {})
        question = (args, tuple(kwargs.items()))
        if question not in answers:
            found = read(*args, **kwargs)
            while len(answers) >= MOST_ANSWERS:
                # The oldest goes, unless another thread was faster.
                with suppress(StopIteration, KeyError, RuntimeError):
                    del answers[next(iter(answers))]
            answers[question] = found
            return found
        return answers[question]

    return reading
