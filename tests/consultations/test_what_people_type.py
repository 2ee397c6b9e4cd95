"""What patients and programs put into the form arrives as it was meant, or is asked about where it was typed."""

from collections.abc import Callable
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from accounts.roles import Role
from consultations import outgoing_mail
from consultations.form_page.models import ConsultationPage, ConsultationQuestion
from consultations.models import ConsultationRequest, OutgoingMail
from consultations.receipt_codes import as_reference, receipt_key
from core.models import ClinicDetails
from tests.consultations.test_form import error_at

pytestmark = pytest.mark.django_db


def stored() -> dict[str, str]:
    request = ConsultationRequest.objects.get()
    return {**request.contact(), **{answer["name"]: answer["value"] for answer in request.answers()}}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rash since\x00 Monday", "Rash since Monday"),
        ("Rash on arm\u2028Started Monday\u2029Itches", "Rash on arm\nStarted Monday\nItches"),
        ("line one\r\nline two\r\n\r\nline four", "line one\nline two\n\nline four"),
        ("line one\rline two", "line one\nline two"),
        ("It's 50% worse with {{ cream }} and {0} %(name)s {% now %}", "It's 50% worse with {{ cream }} and {0} %(name)s {% now %}"),
        ("- itchy\n- red", "- itchy\n- red"),
        ("a" * 600, "a" * 600),
        ("😀" * 2500, "😀" * 2500),
    ],
)
def test_a_message_is_kept_to_the_letter(send: Callable[..., Any], typed: str, kept: str) -> None:
    assert send(message=typed).status_code == 302
    assert stored()["message"] == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("O", "O"),
        ("李", "李"),
        ("J'Marcus St. John-Smith, Jr.", "J'Marcus St. John-Smith, Jr."),
        ('Todd O\'Bryan & Co "TJ" <T>', 'Todd O\'Bryan & Co "TJ" <T>'),
        ("Ann\u202eeilliL", "AnneilliL"),
        ("Ann\r\nBcc: x@evil.example", "Ann Bcc: x@evil.example"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_a_name_is_kept_to_the_letter_in_one_line(send: Callable[..., Any], as_role: Callable[..., Any], typed: str, kept: str) -> None:
    assert send(name=typed).status_code == 302
    assert stored()["name"] == kept
    page = BeautifulSoup(
        as_role(Role.FRONT_DESK).get(f"/admin/consultations/{ConsultationRequest.objects.get().pk}/").content, "html.parser"
    )
    assert kept in page.text


@pytest.mark.parametrize("empty", ["\u200b\u200b", "\u2800", "\ufeff\u00a0\u2060", "\u3164", "   "])
def test_what_only_looks_like_a_name_is_asked_again(send: Callable[..., Any], empty: str) -> None:
    assert "Please enter the name" in error_at(send(name=empty), "name")
    assert "Please enter an e-mail address" in error_at(send(email=empty), "email")


@pytest.mark.parametrize("text", ["x" * 5000, "👨‍👩‍👧‍👦" * 700])
def test_only_the_server_counts_and_says_how_much_is_too_much(client: Client, send: Callable[..., Any], text: str) -> None:
    form = BeautifulSoup(client.get("/consultation/").content, "html.parser")
    assert not [field for field in form.select("textarea") if field.has_attr("maxlength")], "a browser would cut it off without a word"
    answer = send(message=text)
    assert f"Yours has {len(text)}" in error_at(answer, "message")
    assert text in BeautifulSoup(answer.content, "html.parser").select_one("#id_message").text  # type: ignore[union-attr]


def test_half_a_character_breaks_nothing(client: Client) -> None:
    answer = client.post("/consultation/", b"message=Rash%ED%A0%BDon+face", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200


def test_mails_go_whatever_the_clinic_is_called(send: Callable[..., Any]) -> None:
    ClinicDetails.objects.update(clinic_name="Smith & O'Neil\r\nSkin")
    send(name='Todd "TJ" <T>\r\nBcc: x@evil.example')
    outgoing_mail.send_pending()
    assert mail.outbox
    for message in mail.outbox:
        assert "\n" not in message.subject and "x@evil.example" not in message.recipients()
        assert "&amp;" not in message.body and "&#" not in message.body
        assert all(len(line) <= 998 for line in message.message().as_bytes().splitlines())


def test_a_desk_sees_whom_no_mail_could_reach(send: Callable[..., Any], as_role: Callable[..., Any]) -> None:
    send(name="Un Reached")
    send(name="Re Ached", email="b@example.org")
    for name, changes in (("Un Reached", {"gave_up_at": "2026-11-28T12:00:00Z"}), ("Re Ached", {"sent_at": "2026-11-28T12:00:00Z"})):
        request = next(one for one in ConsultationRequest.objects.all() if one.contact()["name"] == name)
        OutgoingMail.objects.filter(request=request, kind="patient").update(**changes)
        if name == "Re Ached":
            # What would only repeat a mail is given up as well.
            OutgoingMail.objects.create(request=request, kind="patient", gave_up_at="2026-11-28T12:00:00Z")
    desk = as_role(Role.FRONT_DESK)
    assert "the address does not work" in desk.get("/admin/").content.decode()
    listed = desk.get("/admin/consultations/", {"undelivered": "yes"}).content.decode()
    assert "Un Reached" in listed and "Re Ached" not in listed
    for name, shown in (("Un Reached", True), ("Re Ached", False)):
        request = next(one for one in ConsultationRequest.objects.all() if one.contact()["name"] == name)
        assert ("could not be delivered" in desk.get(f"/admin/consultations/{request.pk}/").content.decode()) is shown


@pytest.mark.parametrize("preference", ["phone", "text"])
def test_who_wants_a_call_or_a_text_needs_no_e_mail(send: Callable[..., Any], as_role: Callable[..., Any], preference: str) -> None:
    assert send(email="", phone="(202) 555-0148", contact_preference=preference).status_code == 302
    outgoing_mail.send_pending()
    request = ConsultationRequest.objects.get()
    assert not OutgoingMail.objects.filter(request=request, kind="patient").exists()
    page = as_role(Role.FRONT_DESK).get(f"/admin/consultations/{request.pk}/").content.decode()
    assert "No e-mail address" in page and "could not be delivered" not in page


def test_somebody_can_be_reached_in_any_case(send: Callable[..., Any]) -> None:
    assert "choose a reply by phone" in error_at(send(email="", phone="(202) 555-0148", contact_preference="email"), "email")
    assert "Add a number" in error_at(send(email="", phone="", contact_preference="text"), "phone")


def test_a_mail_comes_under_the_name_that_staff_gave_the_clinic(send: Callable[..., Any]) -> None:
    ClinicDetails.objects.update(clinic_name='Müller, Skin & Laser "MSL"')
    send()
    outgoing_mail.send_pending()
    for message in mail.outbox:
        name, address = parseaddr(str(message.message()["From"]))
        assert str(make_header(decode_header(name))) == 'Müller, Skin & Laser "MSL"' and "@" in address


@pytest.mark.parametrize("asked", ["%", "_", "…", "\u200b!"])
def test_signs_alone_find_nobody(send: Callable[..., Any], as_role: Callable[..., Any], asked: str) -> None:
    send(name="Ann Other")
    answer = as_role(Role.FRONT_DESK).post("/admin/consultations/", {"q": asked}, follow=True).content.decode()
    assert "Search for a name" in answer and "Ann Other" not in answer


@pytest.mark.parametrize("wide", [True, False])
def test_codes_are_taken_in_wide_letters(send: Callable[..., Any], wide: bool) -> None:
    widen = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}) if wide else {}
    assert as_reference("K7QF-4MZ2".translate(widen)) == "K7QF-4MZ2"
    assert receipt_key("M5XV-7RVT-8H8X-VZ6P".translate(widen)) == receipt_key("m5xv7rvt8h8xvz6p")


def test_a_label_that_another_question_once_had_gets_a_field_of_its_own() -> None:
    page = ConsultationPage.objects.get()
    old = ConsultationQuestion(page=page, label="Allergies", field_type="singleline")
    old.save()
    old.label = "Medicines"
    old.save()
    new = ConsultationQuestion(page=page, label="Allergies", field_type="singleline")
    new.save()
    assert old.clean_name == "q_allergies" and new.clean_name == "q_allergies_2"
    assert {"q_allergies", "q_allergies_2"} <= set(page.build_form().question_names)
