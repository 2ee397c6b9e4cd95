"""Results that are computed once for each version of the site in each process, while a reader is answered."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.conf import settings

from page_cache import site_version

#: Results that one function keeps at most.
MAX_RESULTS = 300


class PinnedVersion(NamedTuple):
    """The version that one response is made from."""

    name: str
    #: Whether results may be stored under it. False while no version can be read.
    is_cacheable: bool


pinned: ContextVar[PinnedVersion | None] = ContextVar("version of the site that this response is made from", default=None)


@contextmanager
def pinned_version() -> Iterator[None]:
    """Within it, everything cached is of the version that was current when it began: named before anything is read.

    A name is valid for a quarter of an hour at most, so that a change of which this process was not told is seen all the same.
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
    """Cache the results of a function by its arguments, for one version of the site. Callers must not change a result.

    Only within `pinned_version()`: staff see what they have just written, before it is committed.
    """
    cached: tuple[PinnedVersion | None, dict[Any, Result]] = None, {}

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
                # Drop the oldest, unless another thread was faster.
                with suppress(StopIteration, KeyError, RuntimeError):
                    del results[next(iter(results))]
            results[key] = result
            return result
        return results[key]

    return wrapper
