"""What other sites, phones and search engines get of a page."""

import io
import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client, TestCase
from django.urls import reverse
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import StandardPage
from images.share_image import wrap_title
from tests.addresses import EVERY, FEEDS, PUBLIC

pytestmark = pytest.mark.django_db


def head_of(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


def test_titles_and_descriptions_are_there_short_and_each_its_own(client: Client) -> None:
    titles, descriptions = {}, {}
    for path in EVERY:
        page = head_of(client, path)
        title = page.title.string if page.title else ""
        description = page.select_one('meta[name="description"]')
        assert 10 < len(str(title)) <= 75, path
        assert description and 40 <= len(str(description["content"])) <= 155, path
        if "?" not in path:
            titles[path], descriptions[path] = title, description["content"]
    assert len(set(titles.values())) == len(titles)
    assert len(set(descriptions.values())) == len(descriptions)


def test_every_page_names_its_one_address(client: Client) -> None:
    for path in EVERY:
        canonical = head_of(client, path).select_one('link[rel="canonical"]')
        assert canonical, path
        assert str(canonical["href"]).startswith("http"), path
        assert "?" not in canonical["href"], path


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_has_a_picture_of_its_own_for_sharing(client: Client, path: str) -> None:
    page = head_of(client, path)
    address = str(page.select_one('meta[property="og:image"]')["content"])
    answer = client.get(address.removeprefix(settings.BASE_URL))
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.size, answer["Content-Type"]) == ((1200, 630), "image/png")
    assert len(answer.content) < 60_000
    assert "immutable" in answer["Cache-Control"] and "Vary" not in answer


def test_no_picture_of_what_is_not_published(client: Client) -> None:
    page = Page.objects.get(slug="privacy").specific
    address = str(head_of(client, "/privacy/").select_one('meta[property="og:image"]')["content"]).removeprefix(settings.BASE_URL)
    assert client.get(address.replace("-", "-0")[:-5] + ".png").status_code == 404
    page.unpublish()
    assert client.get(address).status_code == 404


def test_long_titles_are_set_smaller_and_in_lines() -> None:
    assert len(wrap_title("Juvederm", 84)) == 1
    assert len(wrap_title("What the evidence says about acne scar treatment and everything else one may wonder about", 60)) > 1


def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    assert manifest["name"] == "AlluraDerm MD"
    for icon in manifest["icons"]:
        assert (settings.PROJECT_STATIC / icon["src"].removeprefix("/static/")).exists()


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_can_be_read_in_a_browser(client: Client, path: str) -> None:
    text = client.get(path).content.decode()
    ElementTree.fromstring(text)
    assert "<?xml-stylesheet" in text and "feed.css" in text


def test_the_sitemap_gives_dates(client: Client) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    entries = {entry.findtext("s:loc", "", space): entry.findtext("s:lastmod", None, space) for entry in tree.findall("s:url", space)}
    treatment = next(address for address in entries if address.endswith("/treatments/fraxel-dual-laser/"))
    assert entries[treatment]
    assert any(address.endswith("/treatments/finder/") for address in entries)


def test_an_address_that_changed_leads_to_the_new_one(client: Client) -> None:
    page = StandardPage.objects.get(slug="complaints")
    page.slug = "how-to-complain"
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert Redirect.objects.filter(old_path="/complaints").exists()
    answer = client.get("/complaints/")
    assert (answer.status_code, answer["Location"]) == (301, "/how-to-complain/")


def test_one_page_has_one_address(client: Client) -> None:
    assert client.get("/privacy").status_code == 301
    assert client.get("/home/privacy/").status_code == 404
    assert client.get(reverse("search") + "?q=laser&page=1").status_code == 200
