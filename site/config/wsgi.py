"""The WSGI application, with production settings unless `DJANGO_SETTINGS_MODULE` is set."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
site = get_wsgi_application()

# These import models, so they must come after Django is set up.
from django.conf import settings  # noqa: E402

from page_cache import site_version  # noqa: E402
from page_cache.wsgi import PageCacheWSGI  # noqa: E402

if settings.SITE_ROLE == "staff":
    # Public processes only read the version, so somebody who may write it must name the first.
    with suppress(site_version.VersionUnavailableError):
        site_version.current()

application = PageCacheWSGI(site)
