"""The form, from a patient's side."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from consultations.form_page.models import ConsultationPage, ConsultationQuestion
from consultations.models import ConsultationRequest
from consultations.receipt_codes import receipt_key, stored_hash
from tests.consultations.conftest import MARKER, whole_database

pytestmark = pytest.mark.django_db

CORE_FIELDS = {
    "urgent", "age_group", "guardian_name", "name", "email", "phone", "contact_preference", "voicemail_ok",
    "concerns", "treatments", "preferred_times", "message", "photos",
    "consent",
}  # fmt: skip


def page_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def error_at(response: Any, name: str) -> str:
    found = page_of(response).select_one(f"#id_{name}_error")
    return found.get_text(strip=True) if found else ""


def test_the_form_has_every_core_field_with_a_label_and_says_why_it_asks(client: Client) -> None:
    page = page_of(client.get("/consultation/"))
    hidden = {"csrfmiddlewaretoken", "consent_version", "opened", "website"}
    names = {field["name"] for field in page.select("main form.form [name]")} - hidden
    assert names >= CORE_FIELDS
    assert {name for name in names - CORE_FIELDS if not name.startswith("q_")} == set()
    for field in page.select("main form.form :is(input, textarea, select):not([type=hidden])"):
        assert page.select_one(f'label[for="{field["id"]}"]'), field
    for name in ("email", "phone", "message", "photos"):
        assert page.select_one(f"#id_{name}_helptext")


def test_a_request_is_confirmed_with_its_reference_and_a_receipt_code(client: Client, send: Callable[..., Any]) -> None:
    response = send()
    assert response.status_code == 302
    assert response["Location"] == "/consultation/sent/"
    confirmation = client.get(response["Location"])
    stored = ConsultationRequest.objects.get()
    text = confirmation.content.decode()
    assert stored.reference in text and MARKER not in text
    code = page_of(confirmation).select_one(".receipt-code").get_text(strip=True)  # type: ignore[union-attr]
    assert stored_hash(receipt_key(code)) == stored.receipt_hash
    assert code.replace("-", "") not in whole_database().replace("-", "")
    assert "no-store" in confirmation["Cache-Control"]


@pytest.mark.parametrize("cookie", ["", "forged", "ABCD-1234:abc:def", "\\000"])
def test_a_forged_confirmation_leads_back_to_the_form(client: Client, cookie: str) -> None:
    client.cookies["consultation-sent"] = cookie
    response = client.get("/consultation/sent/")
    assert response.status_code in (302, 400)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("name", "", "enter the name"),
        ("email", "not an address", "looks incomplete"),
        ("phone", "12", "cannot be called"),
        ("contact_preference", "pigeon", "not one of the available choices"),
        ("concerns", ["baldness"], "not one of the available choices"),
        ("message", "x" * 4001, "at most 4000"),
        ("consent", "", "so we can read"),
    ],
)
def test_a_mistake_is_explained_at_its_field_and_everything_typed_is_kept(
    send: Callable[..., Any], name: str, value: Any, words: str
) -> None:
    response = send(**{name: value})
    assert response.status_code == 200
    assert words in error_at(response, name)
    page = page_of(response)
    summary = page.select_one(".error-summary")
    assert summary and summary.select("a[href^='#']")
    for link in summary.select("a[href^='#']"):
        assert page.select_one(f"[id='{str(link['href'])[1:]}']")
    if name != "message":
        assert MARKER in page.select_one("textarea[name=message]").text  # type: ignore[union-attr]
    assert not ConsultationRequest.objects.exists()


def test_a_call_back_needs_a_number(send: Callable[..., Any]) -> None:
    assert "number we can call" in error_at(send(contact_preference="phone", phone=""), "phone")


@pytest.mark.parametrize("sign", ["mole", "infection", "filler"])
def test_an_urgent_sign_gets_help_and_stores_nothing(send: Callable[..., Any], sign: str) -> None:
    response = send(urgent=[sign])
    page = page_of(response)
    panel = page.select_one("#act-now")
    assert panel and "911" in panel.text and panel.select("a[href^='tel:']")
    assert MARKER in page.select_one("textarea[name=message]").text  # type: ignore[union-attr]
    assert not ConsultationRequest.objects.exists()


@pytest.mark.parametrize("changes", [{}, {"urgent": ["mole"]}, {"name": "", "email": "x", "phone": "1", "consent": ""}])
def test_ids_are_unique_in_every_state_of_the_form(client: Client, changes: dict[str, Any]) -> None:
    ids = [tag["id"] for tag in page_of(client.post("/consultation/", changes)).find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_urgent_help_comes_even_when_nothing_else_is_filled_in(client: Client) -> None:
    response = client.post("/consultation/", {"urgent": ["filler"]})
    assert page_of(response).select_one("#act-now")


def test_a_link_carries_a_treatment_and_a_scar_over(client: Client) -> None:
    page = page_of(client.get("/consultation/?treatment=chemical-peels&concern=rolling&treatment=nothing"))
    ticked = {field["value"] for field in page.select("input[checked]")}
    assert {"chemical-peels", "rolling"} <= ticked
    assert "nothing" not in ticked


def test_without_a_key_nothing_is_stored_and_the_patient_is_told(send: Callable[..., Any], settings: Any) -> None:
    settings.CONSULTATION_PRIVATE_KEY_FILE = ""
    response = send()
    assert response.status_code == 503
    assert "cannot take requests" in response.content.decode()
    assert MARKER in response.content.decode()
    assert not ConsultationRequest.objects.exists()


def add_question(**values: Any) -> ConsultationQuestion:
    page = ConsultationPage.objects.get()
    question = ConsultationQuestion(page=page, sort_order=9, **{"label": "Consent", "field_type": "singleline", "required": True, **values})
    question.full_clean(exclude=["clean_name"])
    question.save()
    return question


def test_a_question_called_consent_replaces_no_field_of_the_site(client: Client, send: Callable[..., Any]) -> None:
    question = add_question(label="Consent")
    assert question.clean_name == "q_consent"
    assert "required" in error_at(send(), "q_consent")
    assert send(q_consent="yes").status_code == 302


def test_an_answer_keeps_the_label_it_was_asked_under(send: Callable[..., Any]) -> None:
    question = add_question(label="Which hand do you write with?")
    send(q_which_hand_do_you_write_with="Left")
    question.label = "Something else"
    question.save()
    answers = {answer["name"]: answer for answer in ConsultationRequest.objects.get().answers()}
    assert answers["q_which_hand_do_you_write_with"]["label"] == "Which hand do you write with?"
    assert answers["q_which_hand_do_you_write_with"]["value"] == "Left"


@pytest.mark.parametrize("kind", ["dropdown", "radio", "checkboxes"])
def test_a_question_that_nobody_answered_has_no_answer(client: Client, send: Callable[..., Any], kind: str) -> None:
    add_question(label="How long", field_type=kind, choices="A week\nA year", required=False)
    page = page_of(client.get("/consultation/"))
    assert not page.select("[name=q_how_long] option[selected]:not([value='']), [name=q_how_long][checked]")
    send()
    answers = {answer["name"]: answer["value"] for answer in ConsultationRequest.objects.get().answers()}
    assert answers["q_how_long"] == ""


@pytest.mark.parametrize("kind", ["radio", "dropdown", "checkboxes"])
def test_a_question_with_choices_needs_them(kind: str) -> None:
    with pytest.raises(ValidationError) as problem:
        add_question(field_type=kind, choices="")
    assert "choices" in problem.value.message_dict


def test_deleting_the_page_deletes_no_request(send: Callable[..., Any]) -> None:
    send()
    ConsultationPage.objects.get().delete()
    assert ConsultationRequest.objects.count() == 1


def test_somebody_under_18_needs_a_guardian_and_reads_how_to(send: Callable[..., Any]) -> None:
    refused = send(age_group="minor")
    assert "parent or guardian" in error_at(refused, "guardian_name") and not ConsultationRequest.objects.exists()
    assert MARKER in refused.content.decode()
    assert send(age_group="minor", guardian_name="A. Parent").status_code == 302
    answers = {answer["name"]: answer["value"] for answer in ConsultationRequest.objects.get().answers()}
    assert answers["age_group"] == "Someone under 18" and answers["guardian_name"] == "A. Parent"


def test_an_adult_needs_no_guardian(send: Callable[..., Any]) -> None:
    send(age_group="adult", guardian_name="left over")
    assert "guardian_name" not in {answer["name"] for answer in ConsultationRequest.objects.get().answers()}


def test_an_answer_by_text_needs_a_number(send: Callable[..., Any]) -> None:
    assert "call or text" in error_at(send(contact_preference="text", phone=""), "phone")
    assert send(contact_preference="text").status_code == 302


@pytest.mark.parametrize("text", ["hi i'm 15 years old", "I am 16 and my mom does not know", "as a 17 year old with scars"])
def test_whoever_writes_of_being_a_minor_is_asked_once(send: Callable[..., Any], text: str) -> None:
    asked = send(message=text)
    assert "under 18" in error_at(asked, "age_group") and not ConsultationRequest.objects.exists()
    hidden = page_of(asked).select_one("[name=age_asked]")
    assert hidden and send(message=text, age_asked=hidden["value"]).status_code == 302


@pytest.mark.parametrize("text", ["I am 15 minutes away", "I'm 16 weeks pregnant", "I am 34", "my scars are 15 years old", "I am 17.5 km"])
def test_other_numbers_ask_nothing(send: Callable[..., Any], text: str) -> None:
    assert send(message=text).status_code == 302
