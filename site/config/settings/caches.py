"""Caches: rendered pages and fragments, and where the site version is stored.

Django's own caches are in memory, because they store Python pickles: whoever can write a pickle that another process reads runs code
there. What processes share in Redis (cached pages, the site version) is bytes that the reader authenticates.
"""

from config.settings.consultations import SITE_ROLE
from config.settings.environment import VAR, env

REDIS_URL = env.str("REDIS_URL", default="")

CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rendered fragments of pages. They belong to one site version, so every process may have its own.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 600, "CULL_FREQUENCY": 4},
    },
}

#: Whether rendered pages are cached for all readers, until something that readers see changes. Readers do not use a staff process.
PAGE_CACHE = env.bool("PAGE_CACHE", default=SITE_ROLE != "staff")
#: Maximum age of a cached page in seconds, even without a change, because some lines depend on the day.
PAGE_CACHE_SECONDS = 15 * 60
#: Where processes share cached pages; empty where each has its own.
PAGE_CACHE_REDIS = REDIS_URL
#: Where the site version is stored: in Redis where there are several hosts, else in a file that the processes share.
SITE_VERSION_REDIS = REDIS_URL
SITE_VERSION_FILE = env.str("SITE_VERSION_FILE", default=str(VAR / "site-version"))
