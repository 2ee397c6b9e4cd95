"""What is kept so that it need not be made again, and where."""

from typing import Any

from config.settings.environment import VAR, env

REDIS_URL = env.str("REDIS_URL", default="")


def redis_cache(url: str) -> dict[str, Any]:
    """A cache in Redis. While Redis is gone or silent it holds nothing, so that this costs speed and never a page."""
    from core.redis_connection import options_for

    options = {"IGNORE_EXCEPTIONS": True, "CONNECTION_POOL_KWARGS": options_for(url)}
    return {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": url, "OPTIONS": options}


CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rendered parts of pages. They belong to one version of the site, so every process may have its own.
    "parts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "parts",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 600, "CULL_FREQUENCY": 4},
    },
}
if REDIS_URL:
    CACHES["default"] = redis_cache(REDIS_URL)

#: Rendered pages are kept for everybody, and thrown away whenever something that readers see changes.
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
#: A page that shows no change is still rendered anew this often, because some lines depend on the day.
PAGE_CACHE_SECONDS = 15 * 60
PAGE_CACHE_SHARED = bool(REDIS_URL)
#: Names the state of everything readers see: in Redis where there are several hosts, else in a file that processes share.
SITE_VERSION_REDIS = REDIS_URL
SITE_VERSION_FILE = env.str("SITE_VERSION_FILE", default=str(VAR / "site-version"))
