"""RSS and Atom feeds of the newest articles."""

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.templatetags.static import static
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, Stylesheet, SyndicationFeed
from django.utils.functional import lazy

from core.models import ClinicDetails
from core.routing import site_of

if TYPE_CHECKING:
    from blog.models import ArticleIndexPage, ArticlePage

ITEMS = 20
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


class ArticleRssFeed(Feed):
    """The newest articles of one index page, as RSS."""

    feed_type: type[SyndicationFeed] = ReadableRssFeed
    #: A browser shows a feed as a page that says what it is.
    stylesheets = (Stylesheet(static_lazy("css/feed.css"), mimetype="text/css", media="all"),)
    route = "feed"

    def __init__(self, index: "ArticleIndexPage") -> None:
        self.index = index

    def get_object(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.clinic = ClinicDetails.of(site_of(request))

    def title(self) -> str:
        return f"{self.index.title} · {self.clinic.clinic_name}"

    def description(self) -> str:
        return self.index.meta_description

    subtitle = description

    def link(self) -> str:
        return self.index.get_full_url()

    def feed_url(self) -> str:
        return self.index.get_full_url() + self.index.reverse_subpage(self.route)

    def items(self) -> Any:
        return self.index.articles()[:ITEMS]

    def item_title(self, item: "ArticlePage") -> str:
        return item.title

    def item_description(self, item: "ArticlePage") -> str:
        return item.summary

    def item_link(self, item: "ArticlePage") -> str:
        return item.get_full_url()

    def item_author_name(self, item: "ArticlePage") -> str | None:
        return item.author.display_name if item.author else None

    def item_categories(self, item: "ArticlePage") -> list[str]:
        return [item.topic.title] if item.topic else []

    def item_pubdate(self, item: "ArticlePage") -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(item.published_on, dt.time(9)))

    def item_updateddate(self, item: "ArticlePage") -> dt.datetime:
        return item.last_published_at or self.item_pubdate(item)


class ArticleAtomFeed(ArticleRssFeed):
    """The same as Atom."""

    feed_type = ReadableAtomFeed
    route = "atom"
