"""What people type into a search is words: no sign of a query language is an error, on any search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role

pytestmark = pytest.mark.django_db
TYPED = ['boxcar"', '"', "'", "(", "boxcar AND", "NEAR(", "*", "a:b", "^", "-", "boxcar'--", "<b>", "\\", "{x}", "NOT", "O'Neil", "scar*"]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("address", ["/search/", "/search/suggest/"])
def test_the_public_search_answers_anything(client: Client, address: str, typed: str) -> None:
    assert client.get(address, {"q": typed}).status_code in (200, 400)


@pytest.mark.parametrize("typed", TYPED)
def test_every_search_of_the_admin_answers_anything(as_role: Callable[..., Any], typed: str) -> None:
    editor = as_role(Role.EDITOR)
    for address in (
        "/admin/images/", "/admin/images/chooser/results/", "/admin/documents/", "/admin/snippets/core/reference/", "/admin/pages/search/",
        "/admin/snippets/core/clinician/", "/admin/snippets/blog/topic/",
    ):  # fmt: skip
        assert editor.get(address, {"q": typed}).status_code == 200, address


def test_a_quote_beside_a_word_finds_the_word(client: Client) -> None:
    titles = [entry["title"] for entry in client.get("/search/suggest/", {"q": 'boxcar"'}).json()["results"]]
    assert "Boxcar scars" in titles
