"""RSS and Atom feeds of the newest articles."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, Stylesheet, SyndicationFeed
from django.utils.functional import lazy

from blog.models.articles import ArticleIndexPage, ArticlePage
from common.clock import clinic_day
from common.text import clean_text
from common.types import Extra
from core.models.clinic import ClinicDetails
from page_tree.linked_pages import read_scope
from page_tree.routing import fixed_page, site_of

MAX_ITEMS = 20
static_lazy = lazy(static, str)


#: With the content types of RSS and Atom, browsers show the XML source and ignore the style sheet.
CONTENT_TYPE = "application/xml; charset=utf-8"


def clean_texts(values: Iterable[Any]) -> list[Any]:
    """The values, with those that are texts cleaned."""
    return [clean_text(value) if isinstance(value, str) else value for value in values]


class CleanFeed(SyndicationFeed):
    """Leaves out what no XML can hold: texts may have been stored before they were cleaned on their way in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*clean_texts(args), **dict(zip(kwargs, clean_texts(kwargs.values()), strict=True)))

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        super().add_item(*clean_texts(args), **dict(zip(kwargs, clean_texts(kwargs.values()), strict=True)))


class ReadableRssFeed(CleanFeed, Rss201rev2Feed):
    """RSS that a browser shows as a page."""

    content_type = CONTENT_TYPE


class ReadableAtomFeed(CleanFeed, Atom1Feed):
    """Atom that a browser shows as a page. Django writes the style sheet into RSS only."""

    content_type = CONTENT_TYPE

    def write(self, outfile: io.TextIOBase | HttpResponse, encoding: str) -> None:
        buffer = io.StringIO()
        super().write(buffer, encoding)
        declaration, _newline, feed = buffer.getvalue().partition("\n")
        instructions = "".join(f"<?xml-stylesheet {sheet}?>\n" for sheet in self.feed["stylesheets"] or [])
        outfile.write(f"{declaration}\n{instructions}{feed}")


class Channel(NamedTuple):
    """The objects that a feed is built from."""

    index: ArticleIndexPage
    clinic: ClinicDetails


class ArticleRssFeed(Feed):
    """The newest articles as RSS."""

    feed_type: type[SyndicationFeed] = ReadableRssFeed
    stylesheets = (Stylesheet(static_lazy("css/feed.css"), mimetype="text/css", media="all"),)
    url_name = "blog:rss"

    def __call__(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponse:
        """Build the feed in one read scope, so that linked pages are read in batches."""
        with read_scope():
            return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> Channel:
        index = fixed_page(request, f"{ArticleIndexPage.fixed_slug}/", ArticleIndexPage)
        return Channel(index, ClinicDetails.of(site_of(request)))

    def title(self, channel: Channel) -> str:
        return f"{channel.index.title} · {channel.clinic.clinic_name}"

    def description(self, channel: Channel) -> str:
        return channel.index.meta_description

    def subtitle(self, channel: Channel) -> str:
        return channel.index.meta_description

    def link(self, channel: Channel) -> str:
        return channel.index.get_full_url()

    def feed_url(self, channel: Channel) -> str:
        return f"{settings.BASE_URL}{reverse(self.url_name)}"

    def items(self, channel: Channel) -> QuerySet[ArticlePage]:
        return channel.index.articles().filter(published_on__lte=clinic_day())[:MAX_ITEMS]

    def item_title(self, item: ArticlePage) -> str:
        return item.title

    def item_description(self, item: ArticlePage) -> str:
        return item.summary

    def item_link(self, item: ArticlePage) -> str:
        return item.get_full_url()

    def item_author_name(self, item: ArticlePage) -> str | None:
        return item.author.display_name if item.author else None

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [item.topic.title] if item.topic else []

    def item_pubdate(self, item: ArticlePage) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(item.published_on, dt.time(9)))

    def item_updateddate(self, item: ArticlePage) -> dt.datetime:
        return item.last_published_at or self.item_pubdate(item)


class ArticleAtomFeed(ArticleRssFeed):
    """The newest articles as Atom."""

    feed_type = ReadableAtomFeed
    url_name = "blog:atom"
