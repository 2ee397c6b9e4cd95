"""Text is cleaned where it enters, so that forms, feeds and tables hold only what they can."""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.roles import Role
from blog.models import Topic
from blog.models.articles import ArticleIndexPage, ArticlePage
from common.clean_posts import clean_value
from common.phones import PhoneError, format_phone, parse_phone
from common.text import clean_text
from consultations.models import ConsultationRequest
from tests.consultations.conftest import ANSWERS, opened_long_ago


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x0bb\x00c\x1b", "abc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("micro\u00adderm\u200babrasion", "microdermabrasion"),
        ("\u202eabc", "abc"),
        ("Söhn", "Söhn"),
        ("\ufeffword\uffff", "word"),
        ("👩\u200d⚕️ tab\tstays", "👩\u200d⚕️ tab\tstays"),
    ],
)
def test_what_no_form_can_hold_is_taken_out(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_rich_text_is_cleaned_within_its_json() -> None:
    posted = json.dumps({"blocks": [{"text": "a\x0bb\u00ad"}], "entityMap": {}})
    assert json.loads(clean_value(posted)) == {"blocks": [{"text": "ab"}], "entityMap": {}}


@pytest.mark.django_db
def test_a_line_break_counts_once_in_the_form_and_in_a_message(client: Client) -> None:
    text = "\r\n".join(["x" * 199] * 20)
    assert len(text) > 4000 > len(text.replace("\r\n", "\n")) - 1
    sent = client.post("/consultation/", {**ANSWERS, "opened": opened_long_ago(), "message": text[: 4000 + 19]})
    assert sent.status_code == 302
    message = {answer["name"]: answer["value"] for answer in ConsultationRequest.objects.get().answers()}["message"]
    assert "\r" not in message and message.count("\n") == 19


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/blog/feed/", "/blog/feed/atom/"])
def test_feeds_stay_well_formed_with_text_that_was_stored_before(client: Client, address: str) -> None:
    ArticlePage.objects.filter(live=True).update(summary="a\x0bb & <c>")
    answer = client.get(address)
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)


def test_json_that_nests_without_end_is_no_error() -> None:
    posted = '{"a":' * 100_000 + '"\\u000b"'
    assert clean_value(posted) == posted


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/blog/feed/", "/blog/feed/atom/"])
def test_the_words_of_a_feed_itself_are_cleaned_too(client: Client, address: str) -> None:
    ArticleIndexPage.objects.update(title="Read\x0b on", search_description="a\x0bb")
    answer = client.get(address)
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)


@pytest.mark.django_db
def test_staff_cannot_store_them_either(as_role: Callable[..., Any]) -> None:
    as_role(Role.EDITOR).post(
        "/admin/snippets/blog/topic/add/", {"title": "Sun\x0b\u00ad care", "slug": "sun-care", "description": "a\r\nb"}
    )

    topic = Topic.objects.filter(slug="sun-care").first()
    assert topic is None or "\x0b" not in topic.title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(202) 555-0123 x45", "+12025550123;ext=45"),
        ("202-555-0123 ext. 45", "+12025550123;ext=45"),
        ("(202) 555-0123 #45", "+12025550123;ext=45"),
        ("cell: 202 555 0143", "+12025550143"),
        ("+44 20 7946 0123", "+442079460123"),
        ("1-888-library", "+18885427279"),
        ("011 44 20 7946 0018", "+442079460018"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("(202) 555-0148;55", "+12025550148;ext=55"),
        ("+12025550148;ext=555", "+12025550148;ext=555"),
        ("202-555-0148,,45", "+12025550148;ext=45"),
        ("202-555-0148p45", "+12025550148;ext=45"),
        ("572-555-0148", "+15725550148"),
        ("home 202-555-0148", "+12025550148"),
        ("２０２-５５５-０１４８", "+12025550148"),
    ],
)
def test_a_number_is_kept_whole(text: str, number: str) -> None:
    assert parse_phone(text) == number


def test_an_extension_is_shown_and_dialed() -> None:
    assert format_phone("+12025550123;ext=45") == "(202) 555-0123 ext. 45"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("555-0123", "area code"),
        ("000-000-0000", "cannot be called"),
        ("123-456-7890", "cannot be called"),
        ("202-555-0123 or 202-555-0144", "one number"),
        ("call me", "couldn't read"),
        ("a53055a51212a", "couldn't read"),
        ("1917555012", "cannot be called"),
        ("202-555-0148 case manager Jabez", "number alone"),
        ("call me at 202-555-0148 after 5", "number alone"),
        ("(202) 555-0148 x302/x2303", "number alone"),
    ],
)
def test_what_cannot_be_called_is_asked_again_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(PhoneError) as refused:
        parse_phone(text)
    assert words in str(refused.value.explanation)
