"""Page links in rich text, queried in batches."""

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from page_tree.linked_pages import pages_by_id


class BatchedPageLinkHandler(PageLinkHandler):
    """Expands links to pages with one query for the whole response."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        pages = pages_by_id(ids)
        return [pages.get(pk) for pk in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [f'<a href="{escape(page.localized.url)}">' if page and page.live else "<a>" for page in cls.get_many(attrs_list)]
