"""Connections to Redis that keep nobody waiting for one that is silent: Redis is a help, and pages are answered without it."""

import time
from typing import Any, ClassVar

from redis import Connection, RedisError, SSLConnection
from redis import ConnectionError as RedisConnectionError
from redis.backoff import NoBackoff
from redis.retry import Retry

#: Redis answers in milliseconds or has a problem.
SECONDS_TO_ANSWER = 0.5
#: After a connection failed, none is tried for so long: a page asks Redis a dozen times.
SECONDS_LEFT_ALONE = 2


class Impatient:
    """Fails at once while its Redis is left alone. Comes before a connection class of redis-py."""

    host: str
    port: int
    left_alone_until: ClassVar[dict[tuple[str, int], float]] = {}

    def connect_check_health(self, *args: Any, **kwargs: Any) -> None:
        place = self.host, self.port
        if time.monotonic() < self.left_alone_until.get(place, 0):
            raise RedisConnectionError("it failed a moment ago")
        try:
            super().connect_check_health(*args, **kwargs)  # type: ignore[misc]
        except (RedisError, OSError):
            self.left_alone_until[place] = time.monotonic() + SECONDS_LEFT_ALONE
            raise


class ImpatientConnection(Impatient, Connection):
    """Over TCP."""


class ImpatientTLSConnection(Impatient, SSLConnection):
    """Over TLS."""


CLASSES = {"redis": ImpatientConnection, "rediss": ImpatientTLSConnection}


def options_for(url: str) -> dict[str, Any]:
    """How a pool of connections to that address behaves. One over a socket of this host keeps redis-py's own class."""
    options: dict[str, Any] = {
        "socket_timeout": SECONDS_TO_ANSWER,
        "socket_connect_timeout": SECONDS_TO_ANSWER,
        "retry": Retry(NoBackoff(), 0),
    }
    connection_class = CLASSES.get(url.partition("://")[0])
    return {**options, "connection_class": connection_class} if connection_class else options
