"""Parts that are kept: rendered once for everybody, new after every change, and never anything that one reader brought along."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, TestCase
from wagtail.models import PageViewRestriction

from accounts.roles import Role
from blog.models import ArticleIndexPage, ArticlePage, Topic
from consultations.form_page.models import ConsultationPage
from core.models import ClinicDetails, Clinician, GlossaryTerm, Navigation
from home.models import HomePage, StandardPage
from page_cache import memo, site_version
from tests.addresses import PUBLIC
from treatments.models import ScarTypePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_caching")]

KEPT = [path for path in PUBLIC if path not in ("/results/",)]


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", KEPT)
def test_a_second_reader_costs_no_query_even_where_no_page_is_stored(client: Client, path: str, django_assert_num_queries: Any) -> None:
    first = text(client, path)
    with django_assert_num_queries(0):
        second = text(client, path)
    tokens = re.compile(r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"')
    assert tokens.sub("", second) == tokens.sub("", first)


def edit(model: Any, path: str, **values: Any) -> Callable[[], tuple[str, str]]:
    """A change of the first row, and the address and words by which a reader notices."""

    def change() -> tuple[str, str]:
        row = model.objects.first()
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return path, str(next(iter(values.values())))

    return change


def publish(model: Any, path: str) -> Callable[[], tuple[str, str]]:
    """A page with a new title, and an address where a reader notices."""

    def change() -> tuple[str, str]:
        page = model.objects.first()
        page.title = "A new name"
        page.save_revision().publish()
        return path, "A new name"

    return change


def reference() -> tuple[str, str]:
    work = ScarTypePage.objects.get(slug="rolling").references[0].value
    work.authors = "Somebody else entirely"
    work.save()
    return "/scars/rolling/", "Somebody else entirely"


def menu() -> tuple[str, str]:
    navigation = Navigation.objects.first()
    navigation.main_menu = [("link", {"page": None, "url": "/elsewhere/", "text": "Somewhere new"})]
    navigation.save()
    return "/blog/", "Somewhere new"


def question() -> tuple[str, str]:
    page = ConsultationPage.objects.get()
    page.what_happens_next = "<p>Something else happens next.</p>"
    page.save_revision().publish()
    return "/consultation/", "Something else happens next."


CHANGES = {
    "a clinic's phone": edit(ClinicDetails, "/scars/", tagline="Skin, and nothing else"),
    "a notice on every page": edit(ClinicDetails, "/consultation/", notice="Closed on Friday"),
    "a person": edit(Clinician, "/team/", role="Doctor of everything"),
    "a topic": edit(Topic, "/blog/", title="Another topic"),
    "a reference": reference,
    "a page's title": publish(HomePage, "/"),
    "a title above other pages": publish(ArticleIndexPage, "/blog/how-acne-scars-form/"),
    "a menu": menu,
    "the form's words": question,
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_every_reader_gets_the_new_words(client: Client, change: str) -> None:
    for path in KEPT:
        client.get(path)
    with TestCase.captureOnCommitCallbacks(execute=True):
        path, words = CHANGES[change]()
    assert words in text(client, path)
    assert words in text(client, path)


def test_a_page_made_private_leaves_every_list_and_opens_to_nobody(client: Client) -> None:
    article = ArticlePage.objects.get(slug="which-scar-do-i-have")
    for path in ("/blog/", "/", article.url):
        text(client, path)
    with TestCase.captureOnCommitCallbacks(execute=True):
        PageViewRestriction.objects.create(page=article, restriction_type="password", password="a secret word")
    assert article.summary not in text(client, "/blog/") + text(client, "/") + client.get(article.url).content.decode()


def test_a_word_explained_is_explained_anew(client: Client) -> None:
    for path in KEPT:
        client.get(path)
    with TestCase.captureOnCommitCallbacks(execute=True):
        for term in GlossaryTerm.objects.all():
            term.meaning = "A meaning that nobody has read before."
            term.save()
    assert "A meaning that nobody has read before." in text(client, "/blog/how-acne-scars-form/")


def test_drafts_and_previews_neither_fill_nor_read_what_is_kept(client: Client, as_role: Callable[..., Client]) -> None:
    page = StandardPage.objects.get(slug="complaints")
    staff = as_role(Role.EDITOR)
    text(client, "/complaints/")
    page.title = "A draft that nobody saw"
    page.save_revision()
    assert "nobody saw" in staff.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "nobody saw" not in text(client, "/complaints/")


def test_of_a_form_nothing_is_kept_that_a_reader_brought(client: Client) -> None:
    caches["template_fragments"].clear()
    wrong = {"name": "Wilhelmina Unmistakable", "email": "not an address", "message": "words of my own"}
    answers = [
        client.post("/consultation/", wrong),
        client.get("/consultation/?treatment=chemical-peels"),
        client.get("/consultation/"),
        Client().get("/consultation/"),
    ]
    assert "Wilhelmina" in answers[0].content.decode() and "checked" in answers[1].content.decode()
    kept = "".join(map(str, caches["template_fragments"]._cache.values()))  # type: ignore[attr-defined]
    for word in ("Wilhelmina", "words of my own", "csrfmiddlewaretoken", 'name="opened"'):
        assert word not in kept
    tokens = [re.search(r'name="opened" value="([^"]+)"', answer.content.decode())[1] for answer in answers[2:]]  # type: ignore[index]
    assert tokens[0] != tokens[1]
    assert 'value="chemical-peels" checked' not in re.sub(r"\s+", " ", answers[3].content.decode())


def test_a_question_in_the_address_is_never_kept_for_others(client: Client) -> None:
    index = ArticleIndexPage.objects.get()
    for number in range(10):
        original = ArticlePage.objects.first()
        original.copy(to=index, update_attrs={"slug": f"more-{number}"}, keep_live=False)
    ArticlePage.objects.filter(slug__startswith="more-").update(live=True)
    site_version.change()
    assert "evil" not in text(client, "/blog/?evil=1")
    assert "?page=2" in text(client, "/blog/") and 'rel="prev"' in text(client, "/blog/?page=2&evil=1")
    assert "evil" not in text(client, "/blog/?page=2")
    assert client.get("/blog/?page=99").status_code == 404


def test_without_a_version_nothing_is_kept(client: Client, settings: Any, nothing_cached: None) -> None:
    settings.SITE_VERSION_FILE = ""
    site_version.version_store.cache_clear()
    caches["template_fragments"].clear()
    text(client, "/privacy/")
    assert not caches["template_fragments"]._cache  # type: ignore[attr-defined]


def test_a_change_that_nobody_told_is_seen_within_a_quarter_of_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    text(client, "/privacy/")
    StandardPage.objects.filter(slug="privacy").update(live=False)
    assert client.get("/privacy/").status_code == 200, "changed by SQL"
    later = time.time() + 15 * 60
    monkeypatch.setattr(memo.time, "time", lambda: later)
    assert client.get("/privacy/").status_code == 404


def test_a_change_that_could_not_be_told_is_told_later(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version_store = site_version.FileVersionStore(tmp_path / "version")
    before = version_store.current()

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(site_version.VersionUnavailableError):
        broken.setattr(Path, "replace", full)
        version_store.change()
    assert version_store.current() != before


def test_what_is_kept_is_bounded_and_the_oldest_goes_first() -> None:
    asked: list[int] = []

    @memo.cached_per_version
    def square(number: int) -> int:
        asked.append(number)
        return number * number

    with memo.pinned_version():
        for number in range(memo.MAX_RESULTS + 1):
            square(number)
        square(1)
        assert asked[-1] == memo.MAX_RESULTS, "still kept"
        square(0)
        assert asked[-1] == 0
