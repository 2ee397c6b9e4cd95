"""The address of the default site follows `BASE_URL`, and so do all absolute URLs (feeds, sitemap, canonical links)."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def match_site_to_base_url() -> bool:
    """Give the default site the host and port of `BASE_URL`; returns whether anything changed."""
    url = urlsplit(settings.BASE_URL)
    hostname, port = url.hostname or "localhost", url.port or PORTS.get(url.scheme, 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or (site.hostname, site.port) == (hostname, port):
        return False
    site.hostname, site.port = hostname, port
    site.save()
    return True
