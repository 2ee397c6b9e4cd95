"""Search leads to the page that is meant, misspelt or not, and keeps nobody's words."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.search.index import get_indexed_models

from accounts.roles import Role
from common.folding import words_of
from core.models import Clinician
from home.models import HomePage, SearchMiss, SearchWord, StandardPage
from home.search import misses, ranking
from home.search.spelling import nearest, stem
from treatments.models import ScarTypePage

pytestmark = pytest.mark.django_db

SEARCHES = [
    line.split("\t") for line in (Path(__file__).parent / "searches.txt").read_text().splitlines() if line and not line.startswith("#")
]


def found(client: Client, query: str, **more: str) -> list[str]:
    page = BeautifulSoup(client.get("/search/", {"q": query, **more}).content, "html.parser")
    return [str(link["href"]) for link in page.select("ol[data-search-results] h2 a")]


def test_the_page_that_is_meant_comes_first(client: Client) -> None:
    assert len(SEARCHES) >= 60
    wrong = {query: first for query, page in SEARCHES if (first := (found(client, query) or ["nothing"])[0]) != page}
    assert not wrong


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("frax", "/treatments/fraxel-dual-laser/"),
        ("ice p", "/scars/ice-pick/"),
        ("dark sp", "/scars/brown-marks/"),
        ("keliod", "/scars/keloid/"),
    ],
)
def test_suggestions_while_typing(client: Client, text: str, suggested: str) -> None:
    answer = client.get("/search/suggest/", {"q": text})
    assert suggested in [result["url"] for result in answer.json()["results"]]
    assert len(answer.json()["results"]) <= 6
    assert not answer.cookies


@pytest.mark.parametrize("text", ["", "a", "x" * 200, '"', "\u202e scar", "%", "🙂"])
def test_odd_beginnings_get_an_answer(client: Client, text: str) -> None:
    assert client.get("/search/suggest/", {"q": text}).status_code == 200


def test_a_correction_is_said(client: Client) -> None:
    assert "We searched for <strong>ice pick</strong>" in client.get("/search/", {"q": "icepik"}).content.decode()
    assert "We searched for" not in client.get("/search/", {"q": "ice-pick"}).content.decode()


def test_staff_lead_words_to_a_page_and_to_other_words(client: Client, as_role: Callable[..., Client]) -> None:
    editor = as_role(Role.EDITOR)
    keloid = ScarTypePage.objects.get(slug="keloid")
    with TestCase.captureOnCommitCallbacks(execute=True):
        editor.post(reverse("wagtailsnippets_home_searchword:add"), {"title": "zebra stripes, zebra", "page": keloid.pk, "means": ""})
        editor.post(reverse("wagtailsnippets_home_searchword:add"), {"title": "qwertz", "page": "", "means": "isotretinoin"})
    assert found(client, "zebra stripes")[0] == found(client, "zebrra")[0] == keloid.url
    assert found(client, "qwertz")[0] == "/blog/isotretinoin-and-treatment/"
    with pytest.raises(ValidationError, match="Choose a page"):
        SearchWord(title="nothing").full_clean()


def test_a_page_that_is_not_public_is_no_result(client: Client) -> None:
    keloid = ScarTypePage.objects.get(slug="keloid")
    with TestCase.captureOnCommitCallbacks(execute=True):
        keloid.unpublish()
    for query in ("keloid", "scar that grows", "keliod"):
        assert keloid.url not in found(client, query)
    assert keloid.url not in str(client.get("/search/suggest/", {"q": "keloid"}).json())


def test_what_is_found_nowhere_is_counted_by_days_and_named_after_three(
    client: Client, as_role: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    for day in range(3):
        assert not SearchMiss.objects.exclude(text="").exists()
        monkeypatch.setattr(misses, "clinic_day", lambda day=day: today + dt.timedelta(days=day))
        for _again in range(4):
            client.get("/search/", {"q": "Xylophone quartzes"})
    miss = SearchMiss.objects.get()
    assert (miss.text, miss.days) == ("xylophone quartzes", 3)
    report = reverse("search_misses:report")
    assert "xylophone quartzes" in as_role(Role.EDITOR).get(report).content.decode()
    for role in (Role.FRONT_DESK, Role.CLINICIAN):
        refused = as_role(role).get(report)
        assert refused.status_code == 302 and refused["Location"] == reverse("wagtailadmin_home"), role


@pytest.mark.parametrize("text", ["qqq@wwww.zzz", "call 555 0100 zzz", "my name is qqqq wwww and i zzz", "zq" * 30])
def test_what_could_name_a_person_is_never_counted(client: Client, text: str) -> None:
    client.get("/search/", {"q": text})
    assert not SearchMiss.objects.exists()


def test_as_many_queries_for_many_pages_as_for_few(client: Client, with_caching: None, django_assert_max_num_queries: Any) -> None:
    client.get("/search/", {"q": "laser"})
    with django_assert_max_num_queries(10):
        client.get("/search/", {"q": "laser"})


def test_words_and_their_stems() -> None:
    assert words_of("Ice-pick Scärs’ 2nd") == ["ice", "pick", "scars", "2nd"]
    assert [stem(word) for word in ("scars", "boxes", "therapies", "pus", "glass", "class", "is")] == [
        "scar", "box", "therapy", "pus", "glass", "class", "is",
    ]  # fmt: skip
    assert nearest("keliod", ["keloid", "laser"]) == "keloid"
    assert nearest("peal", ["peel", "pearl"]) in ("peel", "pearl")
    assert nearest("zzzzzz", ["keloid", "laser"]) is None


def test_an_alias_is_not_found_twice(client: Client) -> None:
    page = Page.objects.get(slug="privacy")
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.specific.create_alias(update_slug="privacy-again")
    assert len([path for path in found(client, "privacy") if "privacy" in path]) == 1


def test_among_many_matches_the_one_of_that_title_comes_first(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "MAX_RESULTS", 3)
    assert found(client, "isotretinoin and scar treatment")[0] == "/blog/isotretinoin-and-treatment/"


def add_page(slug: str, title: str, live: bool = True) -> StandardPage:
    new = StandardPage(title=title, slug=slug, summary="About the quagga.", live=live)
    with TestCase.captureOnCommitCallbacks(execute=True):
        added: StandardPage = HomePage.objects.get().add_child(instance=new)
    return added


def test_newer_pages_that_are_not_public_crowd_nothing_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many matches are read, and those must be of pages that a reader may see."""
    monkeypatch.setattr(ranking, "MAX_RESULTS", 2)
    public = add_page("seen", "A page to be seen")
    for number in range(3):
        add_page(f"draft-{number}", "A draft", live=False)
    hidden = add_page("hidden", "A page for some")
    with TestCase.captureOnCommitCallbacks(execute=True):
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert found(client, "quagga") == [public.url]
    assert found(client, "quagga nowherefound") == [public.url]


def test_words_apart_in_title_and_text_are_found_together(client: Client) -> None:
    """PostgreSQL keeps titles and texts in two indexes."""
    both = add_page("both", "Zebras and wombats")
    add_page("one", "Wildebeests")
    assert found(client, "wombat quagga") == [both.url]


def test_a_person_is_found_by_the_language_they_speak(client: Client) -> None:
    person = Clinician.objects.shown().first()
    person.languages = "English, Esperanto"
    with TestCase.captureOnCommitCallbacks(execute=True):
        person.save()
    assert found(client, "esperanto") == [person.get_absolute_url()]
    assert person.get_absolute_url() in found(client, "doctor who speaks esperanto")


def test_all_that_can_be_searched_has_a_number() -> None:
    """The database's index keeps keys as text, and the search reads them as numbers."""
    assert {model._meta.pk.get_internal_type() for model in get_indexed_models()} <= {"AutoField", "BigAutoField", "OneToOneField"}
