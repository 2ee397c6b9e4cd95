"""Resolves references in sample files: pages by address, snippets and images by key."""

from typing import Any

from django.db.models import Model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from images.models import SiteImage


class Lookups:
    """Objects of this run by address or key, with a fallback to the database."""

    def __init__(self) -> None:
        self.snippets: dict[tuple[type[Model], str], Model | None] = {}
        self.images: dict[str, SiteImage] = {}
        self.pages: dict[str, Page] = {}
        #: True once a page was requested that does not exist yet.
        self.has_missing_page = False

    def page(self, path: str) -> Page | None:
        """The page at an address such as `/scars/rolling/`. None while it does not exist."""
        if path not in self.pages:
            site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
            page = Page.objects.filter(url_path=site.root_page.url_path.rstrip("/") + path).first() if site else None
            if page is None:
                self.has_missing_page = True
                return None
            self.pages[path] = page
        return self.pages[path]

    def snippet(self, model: type[Model], key: str) -> Any:
        """The snippet with this key; None where staff deleted it. Raises `KeyError` where no file has the key."""
        return self.snippets[model, key]

    def image(self, key: str) -> SiteImage:
        """The image with this key, else with this title. Raises the image model's `DoesNotExist`."""
        if key not in self.images:
            self.images[key] = get_image_model().objects.get(title=key)
        return self.images[key]
