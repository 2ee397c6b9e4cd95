"""Redis connections behind a circuit breaker. Redis is optional: pages are served without it."""

import time
from typing import Any, ClassVar

from redis import Connection, RedisError, SSLConnection
from redis import ConnectionError as RedisConnectionError
from redis.backoff import NoBackoff
from redis.retry import Retry

#: Redis normally responds within milliseconds, so a slower response counts as a failure.
TIMEOUT_SECONDS = 0.5
#: How long the circuit stays open after a failure. One page queries Redis about a dozen times, and each query would time out.
OPEN_SECONDS = 2


class CircuitBreakerMixin:
    """Circuit breaker: refuse to reconnect for two seconds after a failure. A mixin, listed before a connection class of redis-py."""

    host: str
    port: int
    open_until: ClassVar[dict[tuple[str, int], float]] = {}

    def connect_check_health(self, *args: object, **kwargs: object) -> None:
        """Connect, or raise `redis.ConnectionError` at once while the circuit is open."""
        server = self.host, self.port
        if time.monotonic() < self.open_until.get(server, 0):
            raise RedisConnectionError("the circuit is open: this server failed a moment ago")
        try:
            super().connect_check_health(*args, **kwargs)  # type: ignore[misc]
        except (RedisError, OSError):
            self.open_until[server] = time.monotonic() + OPEN_SECONDS
            raise


class CircuitBreakerConnection(CircuitBreakerMixin, Connection):
    """Over TCP."""


class CircuitBreakerTLSConnection(CircuitBreakerMixin, SSLConnection):
    """Over TLS."""


CONNECTION_CLASSES = {"redis": CircuitBreakerConnection, "rediss": CircuitBreakerTLSConnection}


def pool_options(url: str) -> dict[str, Any]:
    """Options for a connection pool to this URL. A Unix socket uses redis-py's own class, without a circuit breaker."""
    options = {
        "socket_timeout": TIMEOUT_SECONDS,
        "socket_connect_timeout": TIMEOUT_SECONDS,
        "retry": Retry(NoBackoff(), 0),
    }
    connection_class = CONNECTION_CLASSES.get(url.partition("://")[0])
    return {**options, "connection_class": connection_class} if connection_class else options
