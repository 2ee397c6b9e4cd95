"""Finding what sample files refer to: pages by address, snippets and images by key."""

from typing import Any

from wagtail.images import get_image_model
from wagtail.models import Page, Site


class Lookups:
    """What has been loaded so far, and what the database already holds."""

    def __init__(self) -> None:
        self.snippets: dict[tuple[Any, str], Any] = {}
        self.images: dict[str, Any] = {}
        self.pages: dict[str, Page] = {}
        #: Set when a page was asked for that does not exist yet.
        self.missed_a_page = False

    def page(self, path: str) -> Page | None:
        """The page at an address such as `/scars/rolling/`, or None while it does not exist."""
        if path not in self.pages:
            site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
            found = Page.objects.filter(url_path=site.root_page.url_path.rstrip("/") + path).first() if site else None
            if found is None:
                self.missed_a_page = True
                return None
            self.pages[path] = found
        return self.pages[path]

    def snippet(self, model: Any, key: str) -> Any:
        """The snippet that a file names by its key. Raises `KeyError` where no file has it."""
        return self.snippets[model, key]

    def image(self, key: str) -> Any:
        """The picture of that key. Raises `KeyError` where there is none."""
        if key not in self.images:
            self.images[key] = get_image_model().objects.get(title=key)
        return self.images[key]
