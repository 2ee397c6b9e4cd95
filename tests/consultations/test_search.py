"""Search over sealed requests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.folding import words_of
from consultations import access_log
from consultations.actions.destroy import destroy
from consultations.choices import DestructionReason
from consultations.models import ConsultationRequest, SearchToken
from consultations.search_index import hashed, index_key, index_pending, tokens_of_query
from sealing.key_file import add_new_key
from tests.consultations.conftest import whole_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(send: Callable[..., Any]) -> None:
    send(name="José-María O'Neil", email="Jose.Maria@Example.org", phone="+34 612 345 678")
    send(name="Anna Schmidt", email="anna@example.org", phone="202-555-0199")
    send(name="Anna Kowalska", email="kowalska@example.org", phone="")


def found(desk: Client, text: str) -> set[str]:
    response = desk.post(reverse("consultations:index"), {"q": text}, follow=True)
    assert response.status_code == 200
    html = response.content.decode()
    return {name for name in ("José", "Schmidt", "Kowalska") if name in html}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("jose", {"José"}),
        ("JOSÉ maria", {"José"}),
        ("oneil", {"José"}),
        ("o’neil", {"José"}),
        ("jose.maria@example.ORG", {"José"}),
        ("+34 612 345 678", {"José"}),
        ("(202) 555-0199", {"Schmidt"}),
        ("2025550199", {"Schmidt"}),
        ("anna", {"Schmidt", "Kowalska"}),
        ("kowalska anna", {"Kowalska"}),
        ("ann", set()),
        ("nobody@example.org", set()),
        ('"; DROP TABLE', set()),
        ("\0", {"José", "Schmidt", "Kowalska"}),
        ("🙂", set()),
    ],
)
def test_people_are_found_by_whole_values(desk: Client, people: None, text: str, names: set[str]) -> None:
    assert found(desk, text) == names


def test_a_reference_leads_straight_to_its_request(desk: Client, people: None) -> None:
    one = ConsultationRequest.objects.first()
    assert one
    response = desk.post(reverse("consultations:index"), {"q": f" {one.reference.lower()} "})
    assert response["Location"] == reverse("consultations:request", args=[one.pk])


def test_what_was_typed_is_in_no_address_and_no_table(desk: Client, people: None) -> None:
    response = desk.post(reverse("consultations:index"), {"q": "Schmidt"})
    assert "schmidt" not in response["Location"].lower()
    desk.get(response["Location"])
    assert "schmidt" not in whole_database().lower()


def test_the_index_tells_nothing_without_the_private_key(people: None, settings: Any, tmp_path: Any) -> None:
    index_pending()
    stored = set(SearchToken.objects.values_list("token", flat=True))
    assert set(tokens_of_query("anna")[0]) <= stored
    # With everything the public process knows, the same words give other hashes.
    import hashlib

    for secret in (settings.SECRET_KEY.encode(), b"", b"alluraderm/search-index/1"):
        for text in ("anna", "anna@example.org", "+12025550199"):
            guesses = {hashed(secret, kind, text) for kind in ("name", "email", "phone")} | {hashlib.sha256(text.encode()).hexdigest()[:32]}
            assert not guesses & stored


def test_a_new_key_indexes_everything_again_by_itself(desk: Client, people: None, tmp_path: Any) -> None:
    index_pending()
    before = index_key()[0]
    add_new_key(tmp_path / "private.key")
    assert index_key()[0] != before
    assert found(desk, "anna") == {"Schmidt", "Kowalska"}
    assert set(ConsultationRequest.objects.values_list("indexed_with", flat=True)) == {index_key()[0]}


def test_one_damaged_request_stops_no_indexing(desk: Client, people: None) -> None:
    ConsultationRequest.objects.filter(pk=ConsultationRequest.objects.last().pk).update(sealed_contact=b"x" * 40)  # type: ignore[union-attr]
    assert found(desk, "anna") == {"Schmidt", "Kowalska"}
    assert index_pending() == 0


def test_a_destroyed_request_leaves_no_index_entry(people: None) -> None:
    index_pending()
    for one in ConsultationRequest.objects.all():
        destroy(one, DestructionReason.STAFF, access_log.SITE)
    assert not SearchToken.objects.exists()


def test_without_a_key_search_says_so(desk: Client, people: None, tmp_path: Any) -> None:
    (tmp_path / "private.key").unlink()
    response = desk.post(reverse("consultations:index"), {"q": "anna"}, follow=True)
    assert "holds no key" in response.content.decode()


def test_words_of_a_name() -> None:
    assert words_of("  Dr. Łukasz  MÜLLER-Lüdenscheidt ") == ["dr", "lukasz", "muller", "ludenscheidt"]
    assert words_of("李 小龙") == ["李", "小", "龙"]


def test_the_list_takes_the_same_queries_however_long_it_is(desk: Client, send: Callable[..., Any]) -> None:
    counts = []
    for number in range(1, 13):
        send(name=f"Person {number}")
        if number == 1:
            desk.get(reverse("consultations:index"))
        if number in (2, 12):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert desk.get(reverse("consultations:index")).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1], counts
