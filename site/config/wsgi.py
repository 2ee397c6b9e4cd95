"""The WSGI application, with production settings unless `DJANGO_SETTINGS_MODULE` is set."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
site = get_wsgi_application()

# Imports models, so it must come after Django is set up.
from page_cache.wsgi import PageCacheWSGI  # noqa: E402

application = PageCacheWSGI(site)
