"""Words of medicine are explained where they stand first, and nowhere that would break a page."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client, TestCase
from django.urls import reverse

from accounts.roles import Role
from core.glossary import explain_terms
from core.models import GlossaryTerm
from page_tree.linked_pages import read_scope

pytestmark = pytest.mark.django_db


def test_each_word_is_explained_once_on_a_page(client: Client) -> None:
    page = BeautifulSoup(client.get("/treatments/fraxel-dual-laser/").content, "html.parser")
    words = [button.get_text().lower() for button in page.select("button.term")]
    assert words == sorted(set(words), key=words.index) and "dermis" in words, words
    targets = [str(button["popovertarget"]) for button in page.select("button.term")]
    assert len(targets) == len(set(targets)) > 2
    for target in targets:
        (meaning,) = page.select(f"#{target}")
        assert meaning.has_attr("popover") and len(meaning.get_text()) > 20
    assert not page.select("a .term, h2 .term, summary .term")


def test_links_headings_and_attributes_are_left_alone() -> None:
    html = (
        '<p><a href="/dermis/" title="dermis">The dermis</a></p><h3>Dermis</h3><p>Dermal? Sub-dermis. The <b>DERMIS</b> and the dermis</p>'
    )
    with read_scope():
        marked = explain_terms(html)
        assert marked.count('class="term"') == 1
        assert '<button class="term" type="button" popovertarget' in marked
        assert '<a href="/dermis/" title="dermis">The dermis</a>' in marked and "<h3>Dermis</h3>" in marked
        assert "Sub-dermis" in marked
        assert explain_terms("<p>dermis</p>") == "<p>dermis</p>", "once a page"


def test_outside_a_page_nothing_is_marked() -> None:
    assert explain_terms("<p>dermis</p>") == "<p>dermis</p>"


def test_what_staff_write_is_shown_as_words() -> None:
    GlossaryTerm.objects.create(term="zebra", meaning='<script>alert("x")</script>')
    with read_scope():
        assert "<script>" not in explain_terms("<p>A zebra</p>")


def test_clinicians_write_it_and_editors_read_it(as_role: Callable[..., Client], client: Client) -> None:
    address = reverse("wagtailsnippets_core_glossaryterm:add")
    new = {"term": "columns", "other_forms": "", "meaning": "Small holes in rows that the laser makes."}
    assert as_role(Role.EDITOR).post(address, new).status_code == 302
    assert not GlossaryTerm.objects.filter(term="columns").exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        as_role(Role.CLINICIAN).post(address, new)
    assert b"Small holes in rows" in client.get("/treatments/fraxel-dual-laser/").content
    with pytest.raises(ValidationError, match="explains"):
        GlossaryTerm(term="rows", other_forms="Columns", meaning="x").full_clean()
