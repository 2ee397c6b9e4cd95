"""The WSGI application, on production settings unless the environment says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
site = get_wsgi_application()

# Only now may models be imported.
from page_cache.wsgi import PageCacheWSGI  # noqa: E402

application = PageCacheWSGI(site)
