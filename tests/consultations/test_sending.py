"""One request, however often it is posted; machines are slowed down and nobody is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from consultations import rate_limits
from consultations.choices import Status, Suspicion
from consultations.form_page.models import ConsultationPage
from consultations.models import AttemptCount, ConsentVersion, ConsultationRequest, OutgoingMail
from tests.consultations.conftest import ANSWERS, MARKER, opened_long_ago, picture, whole_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Client:
    """A browser that has opened the form, and so has its cookie."""
    browser = Client()
    browser.get("/consultation/")
    return browser


def post(browser: Client, **changes: Any) -> Any:
    return browser.post("/consultation/", {**ANSWERS, "opened": opened_long_ago(), **changes})


def code_after(browser: Client) -> str:
    page = BeautifulSoup(browser.get("/consultation/sent/").content, "html.parser")
    return page.select_one(".receipt-code").get_text(strip=True)  # type: ignore[union-attr]


def test_a_repeated_post_is_one_request_with_one_code(patient: Client) -> None:
    codes = set()
    for _time in range(4):
        assert post(patient, photos=[picture()]).status_code == 302
        codes.add(code_after(patient))
    assert ConsultationRequest.objects.count() == 1 and len(codes) == 1
    assert OutgoingMail.objects.count() == 2


def test_two_tabs_of_one_browser_are_one_request(patient: Client) -> None:
    pages = [BeautifulSoup(patient.get("/consultation/").content, "html.parser") for _tab in range(2)]
    for page in pages:
        opened = page.select_one("input[name=opened]")["value"]  # type: ignore[index]
        post(patient, opened=opened)
    assert ConsultationRequest.objects.count() == 1


def test_what_was_changed_after_going_back_is_not_lost(patient: Client) -> None:
    post(patient)
    post(patient, message="Another thing.")
    assert ConsultationRequest.objects.count() == 2


def test_the_same_words_from_two_people_are_two_requests() -> None:
    for _person in range(2):
        browser = Client()
        browser.get("/consultation/")
        post(browser)
    assert ConsultationRequest.objects.count() == 2


def test_the_loser_of_a_race_gets_the_winners_receipt(patient: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    post(patient)
    first = code_after(patient)
    looks = iter([None])
    from consultations.actions.submit import SubmitRequest

    earlier = SubmitRequest.earlier_receipt
    monkeypatch.setattr(SubmitRequest, "earlier_receipt", lambda self: (next(looks, False) is False and earlier(self)) or None)
    assert post(patient, photos=[]).status_code == 302
    assert code_after(patient) == first
    assert ConsultationRequest.objects.count() == 1


def test_a_filled_trap_goes_to_spam_and_causes_no_mail(send: Callable[..., Any], run_worker: Callable[[], None]) -> None:
    assert send(website="http://example.org/buy").status_code == 302
    stored = ConsultationRequest.objects.get()
    assert stored.status == Status.SPAM and stored.suspicion == Suspicion.HONEYPOT
    run_worker()
    assert not mail.outbox


@pytest.mark.parametrize(
    ("opened", "suspicion"),
    [
        (0.1, Suspicion.FAST),
        ("forged", Suspicion.UNOPENED),
        ("", Suspicion.UNOPENED),
        (60.0, ""),
    ],
    ids=["too fast", "forged", "missing", "by a person"],
)
def test_haste_is_marked_and_never_lost(send: Callable[..., Any], opened: str | float, suspicion: str) -> None:
    assert send(opened=opened if isinstance(opened, str) else opened_long_ago(opened)).status_code == 302
    stored = ConsultationRequest.objects.get()
    assert stored.suspicion == suspicion and stored.status == Status.NEW


def test_an_address_that_posts_too_often_is_told_when_and_keeps_its_words(settings: Any, patient: Client) -> None:
    settings.CONSULTATION_POSTS_PER_HOUR = 3
    for number in range(3):
        assert post(patient, message=f"Message {number}").status_code == 302
    refused = post(patient, message=f"{MARKER} again")
    assert refused.status_code == 429 and refused["Retry-After"] == "3600"
    text = refused.content.decode()
    assert "Try again in an hour" in text and f"{MARKER} again" in text
    assert ConsultationRequest.objects.count() == 3
    assert "127.0.0.1" not in whole_database()


def test_a_repeated_post_costs_nothing_and_a_hasty_one_five_times(settings: Any, patient: Client) -> None:
    settings.CONSULTATION_POSTS_PER_HOUR = 100
    for _time in range(3):
        post(patient)
    assert AttemptCount.objects.get().points == rate_limits.POST_COST
    post(patient, message="Quick", opened=opened_long_ago(0))
    assert AttemptCount.objects.get().points == rate_limits.POST_COST + rate_limits.FAST_COST


def test_behind_a_proxy_each_visitor_has_an_hour_of_its_own(settings: Any) -> None:
    settings.CONSULTATION_POSTS_PER_HOUR, settings.TRUSTED_PROXIES = 1, 1
    for address in ("203.0.113.7", "203.0.113.8"):
        browser = Client(headers={"x-forwarded-for": f"6.6.6.6, {address}"})
        assert post(browser, message=address).status_code == 302
        assert post(browser, message=f"{address} again").status_code == 429
    # What a visitor writes into the header does not make a new visitor.
    assert post(Client(headers={"x-forwarded-for": "7.7.7.7, 203.0.113.8"})).status_code == 429


def test_a_household_shares_its_ipv6_network(settings: Any) -> None:
    settings.CONSULTATION_POSTS_PER_HOUR = 1
    assert post(Client(REMOTE_ADDR="2001:db8::1"), message="a").status_code == 302
    assert post(Client(REMOTE_ADDR="2001:db8::ffff"), message="b").status_code == 429
    assert post(Client(REMOTE_ADDR="2001:db8:0:1::1"), message="c").status_code == 302


def test_a_request_names_the_consent_text_it_was_sent_with(send: Callable[..., Any]) -> None:
    send()
    page = ConsultationPage.objects.get()
    first = ConsultationRequest.objects.get().consent
    assert first.text == page.consent_text
    page.consent_text = "A new text."
    page.save_revision().publish()
    send(message="Later")
    later = ConsultationRequest.objects.first()
    assert later and later.consent.text == "A new text." and later.consent.number == first.number + 1
    assert ConsentVersion.objects.count() == 2


def test_a_text_that_changed_meanwhile_must_be_read_again(client: Client, send: Callable[..., Any]) -> None:
    opened = BeautifulSoup(client.get("/consultation/").content, "html.parser")
    seen = opened.select_one("input[name=consent_version]")["value"]  # type: ignore[index]
    page = ConsultationPage.objects.get()
    page.consent_text = "A new text."
    page.save_revision().publish()
    response = send(consent_version=seen)
    assert response.status_code == 200 and "read it again" in response.content.decode()
    assert not ConsultationRequest.objects.exists()
    again = BeautifulSoup(response.content, "html.parser").select_one("input[name=consent_version]")["value"]  # type: ignore[index]
    assert send(consent_version=again).status_code == 302


def test_without_a_key_nothing_is_stored_and_the_patient_is_told(send: Callable[..., Any], settings: Any, tmp_path: Any) -> None:
    (tmp_path / "private.key").unlink()
    response = send()
    assert response.status_code == 503
    assert "nothing was stored" in response.content.decode() and MARKER in response.content.decode()
    assert not ConsultationRequest.objects.exists()
