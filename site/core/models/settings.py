"""Settings that are read in the same query as the site they belong to."""

from typing import Self

from django.core.exceptions import ObjectDoesNotExist
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site


class PreloadedSiteSetting(BaseSiteSetting):
    """A setting whose row comes along where the site was read with it."""

    class Meta:
        abstract = True

    @classmethod
    def of(cls, site: Site | None) -> Self:
        """The site's settings, or empty ones where there is no site."""
        if site is None:
            return cls()
        try:
            return getattr(site, cls._meta.model_name or "")
        except ObjectDoesNotExist:
            return cls.for_site(site)
