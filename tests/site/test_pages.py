"""Every public page answers, says what it is, and costs a constant number of queries."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from blog.models import ArticlePage, Topic
from core.models import Clinician
from page_cache import site_version
from tests.addresses import EVERY, FEEDS, MACHINES, PUBLIC
from tests.reviewing import publish_approved
from treatments.models import ScarFit, ScarTypePage, TreatmentPage

pytestmark = pytest.mark.django_db
#: For a page that finds nothing kept at all, and for one while the process keeps what every page needs.
MAX_QUERIES_UNCACHED, MAX_QUERIES_CACHED = 10, 8


def soup(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("path", EVERY)
def test_a_page_has_one_title_one_heading_and_a_description(client: Client, path: str) -> None:
    page = soup(client, path)
    assert page.title and page.title.text.strip().endswith("AlluraDerm MD")
    assert len(page.find_all("h1")) == 1
    description = page.find("meta", attrs={"name": "description"})
    assert description and 20 < len(description["content"]) <= 160
    assert page.html and page.html["lang"] == "en"


@pytest.mark.parametrize("path", EVERY)
def test_headings_never_skip_a_level(client: Client, path: str) -> None:
    levels = [int(tag.name[1]) for tag in soup(client, path).select("main :is(h1, h2, h3, h4)")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("path", EVERY)
def test_a_page_sets_no_cookie_unless_it_has_a_form_to_protect(client: Client, path: str) -> None:
    response = client.get(path)
    if path == "/consultation/":
        assert "no-store" in response["Cache-Control"]
    else:
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", EVERY)
def test_ids_are_unique_and_fragments_lead_somewhere(client: Client, path: str) -> None:
    page = soup(client, path)
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in page.select('a[href^="#"]'):
        assert link["href"][1:] in ids


@pytest.mark.parametrize("path", PUBLIC)
def test_sample_pages_say_that_nobody_reviewed_them(client: Client, path: str) -> None:
    assert "Sample content. Not medically reviewed." in soup(client, path).get_text()


@pytest.mark.parametrize("path", [*FEEDS, *MACHINES])
def test_addresses_for_machines_answer(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_no_link_on_any_page_is_broken(client: Client) -> None:
    seen: set[str] = set()
    for path in EVERY:
        for link in soup(client, path).select("a[href^='/']"):
            seen.add(link["href"].split("#")[0])
    broken = {href: status for href in sorted(seen) if (status := client.get(href).status_code) not in (200, 302)}
    assert not broken


@pytest.mark.parametrize(
    ("model", "slug"),
    [(ArticlePage, "how-acne-scars-form"), (TreatmentPage, "chemical-peels"), (ScarTypePage, "rolling")],
    ids=["article", "treatment", "scar type"],
)
def test_a_page_that_staff_made_private_is_named_in_no_list(client: Client, model: Any, slug: str) -> None:
    page = model.objects.get(slug=slug)
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    lists = [
        "/",
        "/blog/",
        "/treatments/",
        "/scars/",
        "/blog/feed/",
        "/team/imani-vale/",
        "/consultation/",
        "/sitemap.xml",
        f"/search/?q={page.title}",
    ]
    for path in [*lists, "/treatments/fraxel-dual-laser/", "/scars/boxcar/", "/blog/which-scar-do-i-have/"]:
        content = client.get(path).content
        assert page.summary not in content.decode(), path
        if content.startswith(b"<?xml"):
            assert page.full_url.encode() not in content
            continue
        html = BeautifulSoup(content, "html.parser")
        for prose in html.select(".prose"):
            prose.decompose()  # a link that an editor wrote into a sentence stays
        assert page.url not in {link.get("href") for link in html.select("main a")}, path
    assert page.summary not in client.get(page.url).content.decode()


def queries_for(client: Client, path: str) -> int:
    """How many queries an address takes when no cache holds anything."""
    client.get(path)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", [*EVERY, *FEEDS])
def test_a_page_takes_few_queries(client: Client, path: str, nothing_cached: None) -> None:
    assert queries_for(client, path) <= MAX_QUERIES_UNCACHED


@pytest.mark.parametrize("path", EVERY)
def test_a_page_takes_fewer_once_another_was_read(client: Client, path: str, with_caching: None) -> None:
    client.get(path)
    site_version.change()
    for other in ("/accessibility/", "/search/?q=nothing+such"):
        client.get(other)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    assert len(captured) <= MAX_QUERIES_CACHED


@pytest.fixture
def twice_the_content() -> Callable[[], None]:
    """Doubles articles, treatments, scar types, facts, people and topics."""

    def copies(model: Any, count: int) -> None:
        original = model.objects.order_by("path").first()
        parent = original.get_parent()
        for number in range(count):
            title = f"{original.title} laser {number}"
            copied = original.copy(to=parent, update_attrs={"slug": f"copy-{number}", "title": title}, keep_live=False)
            publish_approved(copied)

    def multiply() -> None:
        copies(ArticlePage, 9)
        copies(ScarTypePage, 9)
        copies(TreatmentPage, 6)
        treatment = TreatmentPage.objects.get(slug="fraxel-dual-laser")
        known = set(ScarFit.objects.filter(treatment=treatment).values_list("scar_type_id", flat=True))
        for scar in ScarTypePage.objects.exclude(pk__in=known):
            ScarFit.objects.create(treatment=treatment, scar_type=scar, fit="helps")
        for number in range(9):
            Clinician.objects.create(
                name=f"Person {number}", slug=f"person-{number}", role="Laser nurse", photo=Clinician.objects.first().photo
            )
            topic = Topic.objects.create(title=f"Topic {number}", slug=f"topic-{number}")
            ArticlePage.objects.filter(slug=f"copy-{number}").update(topic=topic)

    return multiply


def test_queries_stay_flat_as_content_grows(client: Client, twice_the_content: Callable[[], None], nothing_cached: None) -> None:
    before = {path: queries_for(client, path) for path in EVERY}
    twice_the_content()
    after = {path: queries_for(client, path) for path in EVERY}
    grown = {path: (before[path], after[path]) for path in EVERY if after[path] > before[path]}
    # A search that now finds one more kind of page reads that kind too, once.
    assert not {path: counts for path, counts in grown.items() if not path.startswith("/search/") or counts[1] > MAX_QUERIES_UNCACHED}


def test_wagtail_is_told_where_sites_begin_as_it_would_find_out(client: Client, nothing_cached: None) -> None:
    first = Site.objects.get()
    for hostname in ("zebra.example", "aardvark.example"):
        Site.objects.create(hostname=hostname, root_page=first.root_page)
    Site.objects.create(hostname="team.example", root_page=Page.objects.get(slug="team"))
    Site.clear_site_root_paths_cache()
    by_itself = Site.get_site_root_paths()
    Site.clear_site_root_paths_cache()
    client.get("/privacy/", headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as captured:
        assert Site.get_site_root_paths() == by_itself
    assert not captured.captured_queries
