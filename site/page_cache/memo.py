"""Results that are computed once per site version in each process, while a response for a reader is built."""

import secrets
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from django.conf import settings

from page_cache import site_version

#: Maximum number of results cached for one function.
MAX_RESULTS = 300


class PinnedVersion(NamedTuple):
    """The site version that one response is built from."""

    name: str
    #: Whether results may be stored under it. False while no version can be read.
    is_cacheable: bool


pinned: ContextVar[PinnedVersion | None] = ContextVar("version of the site that this response is made from", default=None)


@contextmanager
def pinned_version() -> Iterator[None]:
    """Within it, everything cached belongs to one version: the one that was current at the start, before any content was read.

    A name is valid for `PAGE_CACHE_SECONDS` at most, so that a change that did not reach this process becomes visible anyway.
    """
    try:
        version = PinnedVersion(f"{site_version.current()}.{int(time.time()) // settings.PAGE_CACHE_SECONDS}", is_cacheable=True)
    except site_version.VersionUnavailableError:
        version = PinnedVersion(secrets.token_hex(8), is_cacheable=False)
    token = pinned.set(version)
    try:
        yield
    finally:
        pinned.reset(token)


Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def cached_per_version(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Cache the results of a function by its arguments, for one version of the site. Callers must not modify a result.

    Caches only within `pinned_version()`: staff must see their own changes before these are committed.
    """
    cached: tuple[PinnedVersion | None, dict[Hashable, Result]] = None, {}

    @wraps(function)
    def wrapper(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        nonlocal cached
        version = pinned.get()
        if version is None:
            return function(*args, **kwargs)
        # Read both at once: another thread may store another version a moment later.
        cached_version, results = cached
        if cached_version != version:
            cached = version, (results := {})
        key = (args, tuple(kwargs.items()))
        if key not in results:
            result = function(*args, **kwargs)
            while len(results) >= MAX_RESULTS:
                # Drop the oldest, unless another thread has just done so.
                with suppress(StopIteration, KeyError, RuntimeError):
                    del results[next(iter(results))]
            results[key] = result
            return result
        return results[key]

    return wrapper
