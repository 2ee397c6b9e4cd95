"""The front desk finds a request by what is on its screen, on paper or in its ear, however that is written."""

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest

from accounts.roles import Role
from common.folding import words_of
from consultations.actions.export import export_table
from consultations.form_page.models import ConsultationPage, ConsultationQuestion
from consultations.models import ConsultationRequest, OutgoingMail
from consultations.outgoing_mail import is_permanent
from consultations.receipt_codes import as_reference
from consultations.search_index import index_pending

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["K7QF-4MZ2", "K7QF4MZ2", "k7qf 4mz2", "K7QF–4MZ2", "#k7qf4mz2", " K7QF—4MZ2 "])
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert as_reference(typed) == "K7QF-4MZ2"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Søren Łukasz", "soren lukasz"),
        ("Soren Lukasz", "Søren Łukasz"),
        ("O‘Neil", "O'Neil"),
        ("Straße", "strasse"),
        ("Işık", "isik"),
        ("Æsir ﬁne", "aesir fine"),
        ("a b c d e f g h ninth", "ninth"),
        ("Bệnh Trần", "benh tran"),
        ("Đặng Văn Đức", "dang van duc"),
        ("İnci Şahin", "inci sahin"),
        ("Inci Sahin", "İNCİ"),
        ("Lætitia Cœur", "Laetitia"),
        ("Laetitia Coeur", "Lætitia cœur"),
        ("Ｔａｎａｋａ", "tanaka"),
        ("Zoë Núñez", "Zoe\u0308 Nun\u0303ez"),
        ("李小明", "小明"),
        ("Jacky Jones", "JONES, Jacky"),
        ("O'Brien", "OBrien"),
        ("J'Marcus St. John-Smith, Jr.", "jmarcus"),
    ],
)
def test_a_name_is_found_by_either_spelling(send: Callable[..., Any], as_role: Callable[..., Any], name: str, asked: str) -> None:
    send(name=name)
    index_pending()
    assert set(words_of(asked)) <= set(words_of(name))
    answer = as_role(Role.FRONT_DESK).post("/admin/consultations/", {"q": asked}, follow=True)
    assert name in answer.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("name", "asked"), [("Anna Smith-Jones", "smithjones"), ("Anna Smithjones", "Smith Jones"), ("Mary Ann Lee", "maryann lee")]
)
def test_names_are_found_written_together_and_apart(send: Callable[..., Any], as_role: Callable[..., Any], name: str, asked: str) -> None:
    send(name=name)
    send(name="Some Body", email="else@example.org")
    index_pending()
    answer = as_role(Role.FRONT_DESK).post("/admin/consultations/", {"q": asked}, follow=True).content.decode()
    assert name in answer and "Some Body" not in answer


@pytest.mark.parametrize("asked", ["202.555.0143", "5550143", "0143", "(202) 555 0143", "+1 202 555 0143", "\u202d(202) 555-0143\u202c"])
def test_a_number_is_found_by_its_last_digits_too(send: Callable[..., Any], as_role: Callable[..., Any], asked: str) -> None:
    send(phone="2025550143", name="Num Ber")
    send(phone="2025550199", name="Some Body", email="else@example.org")
    index_pending()
    answer = as_role(Role.FRONT_DESK).post("/admin/consultations/", {"q": asked}, follow=True).content.decode()
    assert "Num Ber" in answer and "Some Body" not in answer


@pytest.mark.parametrize("asked", ["ann@example.org,", "<Ann@Example.org>", "ann@example.org."])
def test_an_address_is_found_with_what_stood_around_it(send: Callable[..., Any], as_role: Callable[..., Any], asked: str) -> None:
    send(email="ann@example.org", name="Ann Example")
    index_pending()
    assert "Ann Example" in as_role(Role.FRONT_DESK).post("/admin/consultations/", {"q": asked}, follow=True).content.decode()


@pytest.mark.parametrize("asked", ["(202) 555-0143", "202-555-0143 x45"])
def test_a_number_with_an_extension_is_found_with_and_without_it(send: Callable[..., Any], as_role: Callable[..., Any], asked: str) -> None:
    send(phone="202 555 0143 ext. 45", name="Ext Ension")
    index_pending()
    assert "Ext Ension" in as_role(Role.FRONT_DESK).post("/admin/consultations/", {"q": asked}, follow=True).content.decode()


def test_each_question_has_a_column_of_its_own(send: Callable[..., Any], django_user_model: Any) -> None:
    page = ConsultationPage.objects.get()
    ConsultationQuestion.objects.create(page=page, sort_order=99, label="Phone", field_type="singleline", required=False)
    page.save_revision().publish()
    send(q_phone="a landline at work")
    user = django_user_model.objects.create_user("exporter")
    table = export_table(list(ConsultationRequest.objects.all()), user).content.decode()
    assert table.splitlines()[0].lower().count(",phone") == 2 and "a landline at work" in table


def test_one_answer_with_commas_stays_one_answer() -> None:
    page = ConsultationPage.objects.get()
    question = ConsultationQuestion(page=page, label="Call at work", field_type="checkboxes", choices="Yes, you may call me at work")
    page.form_fields.add(question)
    page.__dict__.pop("questions", None)
    fields = page.question_fields()
    assert [choice[0] for choice in fields["q_call_at_work"].choices] == ["Yes, you may call me at work"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("codes", "is_final"), [((450,), False), ((452,), False), ((550,), True), ((550, 450), False)])
def test_only_a_refusal_for_good_is_final(codes: tuple[int, ...], is_final: bool) -> None:
    problem = SMTPRecipientsRefused({f"{number}@example.org": (code, b"no") for number, code in enumerate(codes)})
    assert is_permanent(problem) == is_final


def test_automatic_mails_say_so(send: Callable[..., Any], mailoutbox: list[Any]) -> None:
    from consultations.outgoing_mail import send_pending

    send()
    OutgoingMail.objects.update(next_try_at="2020-01-01T00:00Z")
    send_pending()
    assert mailoutbox and all(mail.extra_headers["Auto-Submitted"] == "auto-generated" for mail in mailoutbox)
