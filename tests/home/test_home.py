"""Home page, team, search, sitemap, redirects."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from core.models import Clinician
from home.models import HomePage, TeamPage
from treatments.models import ScarTypePage, TreatmentPage

pytestmark = pytest.mark.django_db


def results(client: Client, query: str, **more: str) -> list[str]:
    page = BeautifulSoup(client.get("/search/", {"q": query, **more}).content, "html.parser")
    return [link["href"] for link in page.select("ol[data-search-results] h2 a")]


def test_sections_can_be_reordered_and_left_out(client: Client) -> None:
    home = HomePage.objects.get()
    home.body = [(child.block_type, child.value) for child in reversed(home.body) if child.block_type != "articles"]
    home.save_revision().publish()
    page = BeautifulSoup(client.get("/").content, "html.parser")
    assert not page.select(".article-card")
    assert page.select("main h2")


def test_the_home_page_leads_to_every_scar_type(client: Client) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    links = {link["href"] for link in page.select("#scar-types a")}
    assert links == {scar.url for scar in ScarTypePage.objects.live()}


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("fraxel", "/treatments/fraxel-dual-laser/"),
        ("juvederm", "/treatments/juvederm-filler/"),
        ("keloid", "/scars/keloid/"),
        ("boxcar", "/scars/boxcar/"),
        ("Imani", "/team/imani-vale/"),
        ("isotretinoin", "/blog/isotretinoin-and-treatment/"),
    ],
)
def test_search_finds_the_page_that_is_meant(client: Client, query: str, path: str) -> None:
    assert path in results(client, query)[:3]


def test_search_can_be_narrowed_to_a_kind(client: Client) -> None:
    assert all(path.startswith("/treatments/") for path in results(client, "scars", kind="treatments"))
    assert all(path.startswith("/blog/") for path in results(client, "laser", kind="articles"))


def test_search_without_results_offers_ways_on(client: Client) -> None:
    page = BeautifulSoup(client.get("/search/", {"q": "zzzz"}).content, "html.parser")
    assert not page.select("ol[data-search-results]")
    assert page.select('.plain-links a[href="/scars/"]')


def test_search_shows_the_question_and_nothing_it_could_do_harm_with(client: Client) -> None:
    html = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html


def test_pages_of_results_keep_the_question(client: Client) -> None:
    page = BeautifulSoup(client.get("/search/", {"q": "scars & skin"}).content, "html.parser")
    older = page.select_one('.pager a[rel="next"]')
    if older is None:
        older = BeautifulSoup(client.get("/search/", {"q": "scars"}).content, "html.parser").select_one('.pager a[rel="next"]')
    assert older and "q=scars" in older["href"]
    assert client.get("/search/" + str(older["href"])).status_code == 200


def test_every_clinician_has_an_address(client: Client) -> None:
    for person in Clinician.objects.shown():
        assert person.name in client.get(person.get_absolute_url()).content.decode()


def test_a_hidden_clinician_has_none(client: Client) -> None:
    person = Clinician.objects.first()
    assert person
    person.is_shown = False
    person.save()
    assert client.get(person.get_absolute_url()).status_code == 404
    assert person.name not in client.get("/team/").content.decode()


def test_the_team_page_keeps_its_address() -> None:
    team = TeamPage.objects.get()
    team.slug = "people"
    with pytest.raises(ValidationError):
        team.full_clean()


def test_the_sitemap_names_every_public_page(client: Client) -> None:
    assert TreatmentPage.objects.first().full_url.startswith("http://testserver/treatments/")
    xml = client.get("/sitemap.xml").content.decode()
    for page in [*TreatmentPage.objects.live(), *ScarTypePage.objects.live()]:
        assert f"<loc>{page.full_url}</loc>" in xml
    assert "/team/imani-vale/" in xml and "/blog/topic/" in xml


def test_a_redirect_that_staff_made_works(client: Client) -> None:
    Redirect.objects.create(old_path=Redirect.normalise_path("/old-page/"), redirect_page=TreatmentPage.objects.first(), is_permanent=True)
    response = client.get("/old-page/")
    assert response.status_code == 301
    assert response["Location"].startswith("/treatments/") or "/treatments/" in response["Location"]


def test_the_sample_redirects_work(client: Client) -> None:
    assert "/treatments/fraxel-dual-laser/" in client.get("/fraxel/")["Location"]
