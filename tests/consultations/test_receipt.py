"""A patient comes back with a receipt code."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from consultations import rate_limits
from consultations.choices import Action, DestructionReason, NoteKind, Status
from consultations.models import (
    AccessLogEntry,
    ConsultationRequest,
    DeletionCertificate,
    OutgoingMail,
    SealedNote,
    SealedPhoto,
    SearchToken,
)
from consultations.search_index import index_pending
from tests.consultations.conftest import ANSWERS, MARKER, opened_long_ago, picture, whole_database

pytestmark = pytest.mark.django_db
RECEIPT = "/consultation/receipt/"


@pytest.fixture
def patient() -> Client:
    """A browser whose request has arrived, with two photos."""
    browser = Client()
    browser.get("/consultation/")
    browser.post("/consultation/", {**ANSWERS, "opened": opened_long_ago(), "photos": [picture(), picture(fmt="PNG")]})
    return browser


@pytest.fixture
def code(patient: Client) -> str:
    page = BeautifulSoup(patient.get("/consultation/sent/").content, "html.parser")
    return page.select_one(".receipt-code").get_text(strip=True)  # type: ignore[union-attr]


def open_with(code: str) -> Client:
    browser = Client()
    assert browser.post(RECEIPT, {"code": code})["Location"] == RECEIPT
    return browser


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code.replace('-', ' ')} "])
def test_a_code_opens_however_it_is_typed(code: str, typed: Any) -> None:
    text = open_with(typed(code)).get(RECEIPT).content.decode()
    assert ConsultationRequest.objects.get().reference in text and "answered yet" in text
    assert MARKER not in text


@pytest.mark.parametrize("wrong", ["AAAA-AAAA-AAAA-AAAA", "", "x" * 61, "\0", "' OR 1=1 --", "🙂"])
def test_a_wrong_code_is_explained(client: Client, code: str, wrong: str) -> None:
    response = client.post(RECEIPT, {"code": wrong})
    assert response.status_code == 200
    assert BeautifulSoup(response.content, "html.parser").select_one("#id_code_error")
    assert "no-store" in response["Cache-Control"]


def test_guessing_ends_after_a_while(client: Client, code: str) -> None:
    for number in range(rate_limits.CODE_GUESSES_PER_HOUR):
        client.post(RECEIPT, {"code": f"AAAA-AAAA-AAAA-A{number:03}"})
    assert "Too many codes" in client.post(RECEIPT, {"code": code}).content.decode()


def test_the_patient_sees_how_often_staff_opened_it(code: str, desk: Client) -> None:
    stored = ConsultationRequest.objects.get()
    for _look in range(3):
        desk.get(f"/admin/consultations/{stored.pk}/")
    stored.refresh_from_db()
    stored.set_status(Status.SCHEDULED)
    text = open_with(code).get(RECEIPT).content.decode()
    assert "3 times" in text and "Your visit is set" in text


def test_spam_is_a_word_for_staff(code: str) -> None:
    ConsultationRequest.objects.get().set_status(Status.SPAM)
    text = open_with(code).get(RECEIPT).content.decode()
    assert "answered yet" in text and "spam" not in text.lower()


def test_a_message_is_sealed_announced_and_wakes_a_closed_request(code: str, desk: Client) -> None:
    stored = ConsultationRequest.objects.get()
    stored.set_status(Status.CLOSED)
    browser = open_with(code)
    assert browser.post(f"{RECEIPT}message/", {"text": f"{MARKER} allergy"}).status_code == 302
    stored.refresh_from_db()
    assert stored.status == Status.NEW and stored.has_unread_message
    assert SealedNote.objects.get().open_text() == f"{MARKER} allergy"
    assert MARKER.lower() not in whole_database().lower()
    assert OutgoingMail.objects.filter(kind="message").count() == 1
    assert "wrote again" in desk.get("/admin/consultations/").content.decode()
    assert f"{MARKER} allergy" in desk.get(f"/admin/consultations/{stored.pk}/").content.decode()
    assert "wrote again" not in desk.get("/admin/consultations/").content.decode()


@pytest.mark.parametrize("text", ["", "x" * 2001, "\0"])
def test_a_message_that_cannot_be_taken_is_explained_and_kept(code: str, text: str) -> None:
    response = open_with(code).post(f"{RECEIPT}message/", {"text": text})
    assert response.status_code == 200
    assert BeautifulSoup(response.content, "html.parser").select_one("#id_text_error")
    assert not SealedNote.objects.exists()


def test_withdrawing_destroys_everything_at_once(code: str, desk: Client, django_capture_on_commit_callbacks: Any) -> None:
    stored = ConsultationRequest.objects.get()
    files = [photo.file for photo in stored.photos.all()]
    assert all(file.storage.exists(file.name) for file in files)
    index_pending()
    desk.post(f"/admin/consultations/{stored.pk}/note/", {"kind": "note", "text": "Call back"})
    browser = open_with(code)
    assert "deleted now" in browser.get(f"{RECEIPT}withdraw/").content.decode()
    assert ConsultationRequest.objects.exists(), "a look at the question destroys nothing"
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"{RECEIPT}withdraw/").status_code == 302
    for model in (ConsultationRequest, SealedPhoto, SealedNote, SearchToken, OutgoingMail):
        assert not model.objects.exists(), model
    assert not any(file.storage.exists(file.name) for file in files)
    receipt = DeletionCertificate.objects.get()
    assert (receipt.reason, receipt.photos, receipt.notes) == (DestructionReason.WITHDRAWN, 2, 1)
    text = browser.get(RECEIPT).content.decode()
    assert receipt.number in text and "30 days" in text
    assert AccessLogEntry.objects.filter(action=Action.DESTROYED, actor="the patient").count() == 1
    # The code still opens the deletion receipt, and the desk finds nothing.
    assert receipt.number in open_with(code).get(RECEIPT).content.decode()
    assert desk.get(f"/admin/consultations/{stored.pk}/").status_code == 404


def test_without_a_code_nothing_can_be_done(client: Client, patient: Client) -> None:
    assert client.post(f"{RECEIPT}message/", {"text": "x"}).status_code == 200 and not SealedNote.objects.exists()
    for path in ("withdraw/", "leave/"):
        assert client.post(f"{RECEIPT}{path}", {"text": "x"})["Location"] == RECEIPT
    assert ConsultationRequest.objects.count() == 1 and not SealedNote.objects.filter(kind=NoteKind.PATIENT).exists()


def test_a_cookie_of_ones_own_making_opens_nothing(client: Client, code: str) -> None:
    client.cookies["consultation-receipt"] = ConsultationRequest.objects.get().receipt_hash
    assert "Show my request" in client.get(RECEIPT).content.decode()


def test_leaving_forgets_the_code(code: str) -> None:
    browser = open_with(code)
    browser.post(f"{RECEIPT}leave/")
    assert "Show my request" in browser.get(RECEIPT).content.decode()


def test_the_cookies_are_out_of_reach(patient: Client, code: str) -> None:
    cookies = [patient.cookies["consultation-sent"], open_with(code).cookies["consultation-receipt"]]
    for cookie in cookies:
        assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/consultation/"


def code_shown(client: Client) -> str:
    return BeautifulSoup(client.get("/consultation/sent/").content, "html.parser").select_one(".receipt-code strong").text


def test_after_a_withdrawal_the_same_words_get_another_code(client: Client, send: Callable[..., Any]) -> None:
    """So that the first code goes on opening the deletion receipt."""
    send()
    first = code_shown(client)
    client.post("/consultation/receipt/", {"code": first})
    client.post("/consultation/receipt/withdraw/")
    assert client.get("/consultation/sent/").status_code == 302, "nothing says that a destroyed request has arrived"
    send()
    assert code_shown(client) != first
    answer = client.post("/consultation/receipt/", {"code": first}, follow=True)
    assert "Deletion receipt" in answer.content.decode()


def test_a_message_says_that_it_was_sent(client: Client, send: Callable[..., Any]) -> None:
    send()
    client.post("/consultation/receipt/", {"code": code_shown(client)})
    answer = client.post("/consultation/receipt/message/", {"text": "Thank you"}, follow=True)
    assert "Your message was sent" in answer.content.decode()


def test_a_message_typed_after_the_code_was_forgotten_is_not_lost(client: Client, send: Callable[..., Any]) -> None:
    send()
    code = code_shown(client)
    client.cookies.clear()
    page = BeautifulSoup(client.post("/consultation/receipt/message/", {"text": "A long thought"}).content, "html.parser")
    typed = page.select_one("textarea[name=typed]").text
    assert typed == "A long thought" and "hasn't been sent yet" in page.text
    wrong = client.post("/consultation/receipt/", {"code": "ABCD-EFGH-JKLM-NPQR", "typed": typed})
    assert BeautifulSoup(wrong.content, "html.parser").select_one("textarea[name=typed]").text == typed
    page = BeautifulSoup(client.post("/consultation/receipt/", {"code": code, "typed": typed}).content, "html.parser")
    assert page.select_one("textarea[name=text]").text.strip() == typed
    assert client.post("/consultation/receipt/message/", {"text": typed}).status_code == 302 and SealedNote.objects.count() == 1


def test_a_reference_in_place_of_the_code_is_explained(client: Client, send: Callable[..., Any]) -> None:
    send()
    reference = ConsultationRequest.objects.get().reference
    assert "looks like your reference" in client.post("/consultation/receipt/", {"code": reference}).content.decode()
