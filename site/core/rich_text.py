"""Links in rich text."""

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.page_store import pages_by_id


class StoredPageLinkHandler(PageLinkHandler):
    """Links to pages through the store, so that a page with many texts asks the database once."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        pages = pages_by_id(ids)
        return [pages.get(pk) for pk in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [f'<a href="{escape(page.localized.url)}">' if page and page.live else "<a>" for page in cls.get_many(attrs_list)]
