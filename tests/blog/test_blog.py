"""Articles, topics, paging and feeds."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from blog.models import ArticleIndexPage, ArticlePage, Topic
from blog.models.articles import ARTICLES_PER_PAGE
from tests.reviewing import add_approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ArticleIndexPage:
    return ArticleIndexPage.objects.get()


def add_articles(index: ArticleIndexPage, count: int, **values: object) -> list[ArticlePage]:
    return [
        add_approved(index, ArticlePage(title=f"Extra {number}", slug=f"extra-{number}", summary="A summary.", lead="A lead.", **values))
        for number in range(count)
    ]


def titles(client: Client, path: str) -> list[str]:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [heading.get_text(strip=True) for heading in page.select(".article-card h3")]


def test_the_newest_comes_first(client: Client, index: ArticleIndexPage) -> None:
    dates = list(index.articles().values_list("published_on", flat=True))
    assert dates == sorted(dates, reverse=True)
    assert titles(client, "/blog/")[0] == index.articles()[0].title


def test_paging_shows_each_article_once(client: Client, index: ArticleIndexPage) -> None:
    add_articles(index, 2 * ARTICLES_PER_PAGE)
    seen = [title for number in (1, 2, 3) for title in titles(client, f"/blog/?page={number}")]
    assert len(seen) == len(set(seen)) == index.articles().count()
    assert client.get("/blog/?page=4").status_code == 404


def test_a_topic_lists_its_articles_only(client: Client) -> None:
    topic = Topic.objects.filter(articles__live=True).first()
    assert topic
    assert set(titles(client, f"/blog/topic/{topic.slug}/")) == set(topic.articles.live().values_list("title", flat=True))


def test_a_topic_without_articles_is_not_offered(client: Client) -> None:
    Topic.objects.create(title="Empty topic", slug="empty")
    assert b"Empty topic" not in client.get("/blog/").content
    assert b"No articles are published here yet." in client.get("/blog/topic/empty/").content


@pytest.mark.parametrize(("path", "item"), [("/blog/feed/", "item"), ("/blog/feed/atom/", "{http://www.w3.org/2005/Atom}entry")])
def test_feeds_are_well_formed_and_absolute(client: Client, index: ArticleIndexPage, path: str, item: str) -> None:
    response = client.get(path)
    root = ElementTree.fromstring(response.content)
    assert len(list(root.iter(item))) == index.articles().count()
    assert "xml" in response["Content-Type"]
    assert "http://testserver/blog/how-acne-scars-form/" in response.content.decode()


@pytest.mark.parametrize("slug", ["feed", "topic"])
def test_an_article_cannot_take_an_address_of_the_index(index: ArticleIndexPage, slug: str) -> None:
    with pytest.raises(ValidationError) as problem:
        index.add_child(instance=ArticlePage(title="X", slug=slug, summary="S", lead="L"))
    assert "slug" in problem.value.message_dict


def test_the_index_keeps_its_address(index: ArticleIndexPage) -> None:
    index.slug = "news"
    with pytest.raises(ValidationError):
        index.full_clean()


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (200, 1), (600, 3), (1000, 5)])
def test_reading_time(words: int, minutes: int) -> None:
    article = ArticlePage(
        lead="", body=ArticlePage.body.field.stream_block.to_python([{"type": "text", "value": f"<p>{'word ' * words}</p>"}])
    )
    assert article.reading_minutes == minutes


def test_contents_list_every_heading_of_the_body(client: Client) -> None:
    page = BeautifulSoup(client.get("/blog/how-acne-scars-form/").content, "html.parser")
    listed = [link.get_text(strip=True) for link in page.select(".contents a")]
    assert listed == [heading.get_text(strip=True) for heading in page.select(".page-text h2:not(.action h2, .review-box h2)")]


def test_drafts_and_future_articles_are_nowhere(client: Client, index: ArticleIndexPage) -> None:
    index.add_child(instance=ArticlePage(title="Secret draft", slug="secret-draft", summary="S", lead="L", live=False))
    for path in ("/", "/blog/", "/blog/feed/", "/sitemap.xml", "/search/?q=secret"):
        assert b"secret-draft" not in client.get(path).content
    assert client.get("/blog/secret-draft/").status_code == 404


def test_articles_name_author_date_and_references(client: Client) -> None:
    html = client.get("/blog/how-acne-scars-form/").content.decode()
    article = ArticlePage.objects.get(slug="how-acne-scars-form")
    assert article.author and article.author.display_name in html
    assert f'datetime="{article.published_on:%Y-%m-%d}"' in html
    assert html.count("doi.org") + html.count("pubmed") >= len(article.reference_list) - 1
    assert article.published_on <= dt.date.today()


def test_an_article_leads_on_to_what_was_named_and_then_to_the_newest_of_its_topic() -> None:
    article = ArticlePage.objects.exclude(topic=None).exclude(related_scar_types=None).first()
    assert article is not None
    others = ArticlePage.objects.live().filter(topic=article.topic).exclude(pk=article.pk).order_by("-published_on", "-pk")
    named = [*article.related_scar_types.live(), *article.related_treatments.live()]
    assert [page.pk for page in article.related][: len(named)] == [page.pk for page in sorted(named, key=lambda page: page.path)]
    assert {page.pk for page in article.related[len(named) :]} == {page.pk for page in others[:2]}
