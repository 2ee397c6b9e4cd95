"""What is written in one spelling is found by any other, and always by its own, on either database and in every search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.roles import Role
from common.folding import text_to_index, words_of
from core.reindexing import MARK, reindex
from home.models import HomePage, StandardPage
from tests.home.test_search import found

pytestmark = pytest.mark.django_db

SPELLINGS = [
    ("Sjögren", "sjogren"),
    ("café au lait", "cafe au lait"),
    ("Köbner", "KOBNER"),
    ("CO₂ laser", "CO2 laser"),
    ("CO2 lasing", "CO₂ lasing"),
    ("hyper\u00adtrophicus", "hypertrophicus"),
    ("Straße", "strasse"),
    ("ﬁbroblast", "fibroblast"),
    ("fibrosis", "ﬁbrosis"),
    ("Søren", "soren"),
    ("Łukasz", "lukasz"),
    ("jalapeño", "jalapen\u0303o"),
    ("10⁵ units", "105 units"),
    ("Dupuytren’s", "dupuytren's"),
    ("protocol FV-1234", "FV-1234"),
    ("protocol FV-1235", "1235"),
    ("poseidon-1234a", "poseidon-1234a"),
    ("SPF-50plus lotion", "SPF-50"),
    ("DS-7604NI-E1/4P", "DS-7604"),
    ("clobetasol 0.05% once", "0.05%"),
    ("ice-pickaxe", "icepickaxe"),
    ("本院支持中文吗", "中文"),
    ("мазь", "МАЗЬ"),
]


def write(title: str, body: str) -> StandardPage:
    page = StandardPage(title=title, slug=f"page-{StandardPage.objects.count()}", summary="A page.", body=[("text", f"<p>{body}</p>")])
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.mark.parametrize(("written", "asked"), SPELLINGS)
def test_a_word_of_a_body_is_found_by_either_spelling(client: Client, written: str, asked: str) -> None:
    page = write("Zebra one", f"Here we speak of {written}, and of nothing else.")
    other = write("Zebra two", "Nothing here.")
    for query in (asked, written):
        results = found(client, f"zebra {query}")
        assert page.url in results, query
    assert other.url not in found(client, asked)[:1]


@pytest.mark.parametrize(("written", "asked"), SPELLINGS)
def test_a_title_is_found_while_it_is_typed_and_by_staff(client: Client, as_role: Callable[..., Any], written: str, asked: str) -> None:
    page = write(written, "Text.")
    editor = as_role(Role.EDITOR)
    for query in (asked, written):
        assert page.url in str(client.get("/search/suggest/", {"q": query}).json()), query
        listed = editor.get("/admin/pages/search/", {"q": query}).content.decode()
        assert f"/admin/pages/{page.pk}/edit/" in listed, query


@pytest.mark.parametrize(
    "title", ["Before and after the first", "Women's and Men's Skin: Not Near the Eye or Mouth", "What to do nowadays"]
)
def test_a_page_is_found_by_its_own_title_though_every_word_is_common(client: Client, title: str) -> None:
    page = write(title, "Text.")
    assert page.url in found(client, title)
    assert page.url in str(client.get("/search/suggest/", {"q": title}).json())


@pytest.mark.parametrize(
    ("query", "words"), [("moles & warts", "moles warts"), ("acne - scars", "acne scars"), ("💙 acne 💙", "acne"), ("%", ""), ("' ^", "")]
)
def test_signs_between_words_are_no_words(query: str, words: str) -> None:
    assert " ".join(words_of(query)) == words


def test_a_text_in_the_index_has_its_words_once_and_the_parts_of_its_codes() -> None:
    assert text_to_index("O'Neil ice-pick CO₂ 5 mg") == "oneil ice pick co2 5 mg icepick co 2"


def test_an_upgrade_indexes_what_was_there(client: Client) -> None:
    page = write("Zebra one", "Here we speak of Sjögren.")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM wagtailsearch_indexentry" if connection.vendor == "postgresql" else "UPDATE wagtailsearch_indexentry SET body = ''"
        )
    assert page.url not in found(client, "sjogren")
    mark = type("Applied", (), {"app_label": MARK[0], "name": MARK[1]})()
    reindex(plan=[(mark, True)], verbosity=0)
    assert page.url not in found(client, "sjogren")
    reindex(plan=[(mark, False)], verbosity=0)
    assert page.url in found(client, "sjogren")
