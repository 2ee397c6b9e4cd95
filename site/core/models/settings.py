"""Site settings that are fetched in the same query as their site."""

from typing import Self

from django.core.exceptions import ObjectDoesNotExist
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site


class PreloadedSiteSetting(BaseSiteSetting):
    """A site setting that uses the row fetched with the site by `select_related`, and the default values where there is none."""

    class Meta:
        abstract = True

    @classmethod
    def of(cls, site: Site | None) -> Self:
        """The settings of a site. An unsaved instance with the default values where `site` is None."""
        if site is None:
            return cls()
        try:
            return getattr(site, cls._meta.model_name or "")
        except ObjectDoesNotExist:
            return cls(site=site)
