"""RSS and Atom feeds of the newest articles."""

import datetime as dt
import io
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, Stylesheet, SyndicationFeed
from django.utils.functional import lazy

from blog.models.articles import ArticleIndexPage, ArticlePage
from core.models.clinic import ClinicDetails
from page_tree.linked_pages import read_scope
from page_tree.routing import fixed_page, site_of

MAX_ITEMS = 20
static_lazy = lazy(static, str)


#: Under the feeds' own types, browsers show the source instead of a page.
CONTENT_TYPE = "application/xml; charset=utf-8"


class ReadableRssFeed(Rss201rev2Feed):
    """RSS that a browser shows as a page."""

    content_type = CONTENT_TYPE


class ReadableAtomFeed(Atom1Feed):
    """Atom that a browser shows as a page: with the style sheet that Django gives to RSS only."""

    content_type = CONTENT_TYPE

    def write(self, outfile: Any, encoding: str) -> None:
        plain = io.StringIO()
        super().write(plain, encoding)
        declaration, _line, rest = plain.getvalue().partition("\n")
        sheets = "".join(f"<?xml-stylesheet {sheet}?>\n" for sheet in self.feed["stylesheets"] or [])
        outfile.write(f"{declaration}\n{sheets}{rest}")


class Channel(NamedTuple):
    """What one feed is about."""

    index: ArticleIndexPage
    clinic: ClinicDetails


class ArticleRssFeed(Feed):
    """The newest articles as RSS."""

    feed_type: type[SyndicationFeed] = ReadableRssFeed
    #: A browser shows a feed as a page that says what it is.
    stylesheets = (Stylesheet(static_lazy("css/feed.css"), mimetype="text/css", media="all"),)
    url_name = "blog:rss"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Django's own, reading everything in one scope."""
        with read_scope():
            return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
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

    def items(self, channel: Channel) -> Any:
        return channel.index.articles()[:MAX_ITEMS]

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
    """The same as Atom."""

    feed_type = ReadableAtomFeed
    url_name = "blog:atom"
