"""What nobody should send still gets a clear answer in the site's own design, never a 500."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.addresses import EVERY

#: Everything but halves of characters, which UTF-8 cannot hold. Asking for the codec by name costs hypothesis seconds.
ANY_CHARACTER = st.characters(exclude_categories=("Cs",))

pytestmark = pytest.mark.django_db

HOSTILE_QUERIES = [
    "q=%22", "q=%27", "q=%27%22%3B--", "q=*", "q=%25", "q=%5C", "q=%00", "q=a%00b", "q=" + "a" * 10_000, "q=%FF%FE", "q=(", "q=AND+OR+NOT",
    "q=title%3Ascar", "q=%22unclosed", "q=laser&kind=nothing", "q=laser&page=0", "q=laser&page=-1", "q=laser&page=abc",
    "q=laser&page=99999999999999999999",
    "page=0", "page=-3", "page=x", "page=1.5", "page=%00", "q[]=1", "q=laser&q=peel", "%", "&&&===",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=lambda query: query[:30])
@pytest.mark.parametrize("path", ["/search/", "/blog/", "/blog/topic/understanding-scars/", "/consultation/", "/"])
def test_hostile_queries(client: Client, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code in (200, 400, 404)
    assert b"AlluraDerm MD" in response.content


@pytest.mark.parametrize("number", ["0", "-1", "two", "999", "1e3", " ", "%C3%A9"])
def test_a_page_number_that_does_not_exist_is_a_404_in_our_design(client: Client, number: str) -> None:
    response = client.get(f"/blog/?page={number}")
    assert response.status_code == 404
    assert b"We could not find that page" in response.content


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/treatments/nothing/",
        "/blog/topic/nothing/",
        "/team/nobody/",
        "/blog/feed/extra/",
        "/x" * 2000 + "/",
        "/%ff%fe/",
        "/caf%C3%A9/",
    ],
)
def test_unknown_addresses_are_404_in_our_design(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert b"AlluraDerm MD" in response.content


@pytest.mark.parametrize("path", ["/%00/", "/a%00b/", "/blog/%00/"])
def test_a_nul_byte_in_an_address_is_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("cookie", ["garbage", '"\\000\\000\\000\\000\\000\\000\\000\\000"', "a" * 3000, "é", "=;=;"])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "other"])
def test_broken_cookies(client: Client, name: str, cookie: str) -> None:
    for path in ("/", "/consultation/", "/search/?q=scar"):
        assert client.get(path, headers={"cookie": f"{name}={cookie}"}).status_code in (200, 400)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace", "post"])
@pytest.mark.parametrize("path", list(EVERY))
def test_wrong_methods(method: str, path: str) -> None:
    client = Client()
    response = getattr(client, method)(path)
    assert response.status_code in (200, 400, 403, 404, 405), (method, path)


def test_a_body_that_is_too_large_is_refused_in_words(client: Client) -> None:
    response = client.post(
        "/consultation/", data=b"x", content_type="multipart/form-data; boundary=x", headers={"content-length": "900000000"}
    )
    assert response.status_code == 413
    assert b"Nothing was stored" in response.content


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=nonsense", "text/plain", ""],
)
def test_malformed_bodies(client: Client, content_type: str) -> None:
    response = client.generic("POST", "/consultation/", b"\xff\x00name=%00&a=%", content_type=content_type)
    assert response.status_code in (200, 400)
    assert b"AlluraDerm MD" in response.content


def test_too_many_fields_are_refused(client: Client) -> None:
    body = "&".join(f"f{number}=1" for number in range(6000))
    assert client.post("/consultation/", data=body, content_type="application/x-www-form-urlencoded").status_code == 400


def test_a_missing_security_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/consultation/", {"name": "A"})
    assert response.status_code == 403
    assert b"The form could not be sent" in response.content


TYPED = {"name": "Ann", "message": 'Dents on both cheeks, "deep" <b>ones</b>'}


@pytest.mark.parametrize("path", ["/consultation/", "/consultation/receipt/message/"])
def test_words_come_back_with_a_fresh_token_when_the_old_one_is_stale(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(path, {**TYPED, "csrfmiddlewaretoken": "a" * 64}, headers={"origin": "http://testserver"})
    page = BeautifulSoup(response.content, "html.parser")
    form = page.select_one("form[data-stale]")
    assert response.status_code == 403 and form and form["action"] == path and "no-store" in response["Cache-Control"]
    kept = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert TYPED.items() <= kept.items() and TYPED["message"] in form.text
    again = client.post(path, kept, headers={"origin": "http://testserver"})
    assert again.status_code != 403


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        (TYPED, {"origin": "https://evil.example"}),
        (TYPED, {"origin": "null"}),
        (TYPED, {}),
        ({"login": "ann", "password": "secret word"}, {"origin": "http://testserver"}),
    ],
)
def test_no_token_for_what_another_site_sent_and_no_password_in_a_page(fields: dict[str, str], headers: dict[str, str]) -> None:
    response = Client(enforce_csrf_checks=True).post("/consultation/", fields, headers=headers)
    assert response.status_code == 403 and b"data-stale" not in response.content and b"secret word" not in response.content


def test_a_stale_note_of_staff_is_not_lost(admin_user: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    response = client.post("/admin/consultations/1/note/", {"text": "Called, no answer"}, headers={"origin": "http://testserver"})
    assert response.status_code == 403 and b"Called, no answer" in response.content and b"data-stale" in response.content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(ANY_CHARACTER, max_size=120))
def test_any_search_is_answered(client: Client, text: str) -> None:
    assert client.get("/search/", {"q": text}).status_code in (200, 400)
