"""Caches: rendered pages and fragments, and where the site version is stored."""

from common.redis_connections import pool_options
from config.settings.environment import VAR, env

REDIS_URL = env.str("REDIS_URL", default="")


def redis_cache(url: str) -> dict[str, object]:
    """A cache in Redis. While Redis does not respond, the cache is empty: this costs speed, but no page fails."""
    options = {"IGNORE_EXCEPTIONS": True, "CONNECTION_POOL_KWARGS": pool_options(url)}
    return {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": url, "OPTIONS": options}


CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rendered fragments of pages. They belong to one site version, so every process may have its own.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 600, "CULL_FREQUENCY": 4},
    },
}
if REDIS_URL:
    CACHES["default"] = redis_cache(REDIS_URL)

#: Whether rendered pages are cached for all readers, until something that readers see changes.
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
#: Maximum age of a cached page in seconds, even without a change, because some lines depend on the day.
PAGE_CACHE_SECONDS = 15 * 60
PAGE_CACHE_SHARED = bool(REDIS_URL)
#: Where the site version is stored: in Redis where there are several hosts, else in a file that the processes share.
SITE_VERSION_REDIS = REDIS_URL
SITE_VERSION_FILE = env.str("SITE_VERSION_FILE", default=str(VAR / "site-version"))
