"""Mails go out once each, whatever happens on the way."""

import datetime as dt
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.roles import Role
from consultations import outgoing_mail
from consultations.choices import Action, Status
from consultations.models import AccessLogEntry, ConsultationRequest, OutgoingMail
from tests.consultations.conftest import MARKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_readers(make_user: Callable[..., Any]) -> None:
    make_user(Role.FRONT_DESK)
    make_user(Role.FRONT_DESK, "second")
    away = make_user(Role.FRONT_DESK, "away")
    away.is_active = False
    away.save()
    make_user(Role.EDITOR)


def pass_time(**delta: float) -> None:
    OutgoingMail.objects.filter(sent_at=None).update(next_try_at=timezone.now() - dt.timedelta(**delta))


def failing(monkeypatch: pytest.MonkeyPatch, problem: Exception, times: int) -> None:
    """Makes the mail server fail that many times."""
    really = EmailMessage.send
    left = [times]

    def send(self: EmailMessage, fail_silently: bool = False) -> int:
        if left[0]:
            left[0] -= 1
            raise problem
        return really(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", send)


def test_each_reader_and_the_patient_get_one_mail(two_readers: None, stored: ConsultationRequest) -> None:
    for _run in range(3):
        outgoing_mail.send_pending()
    assert sorted(address for message in mail.outbox for address in message.recipients()) == sorted(
        ["front_desk@alluraderm.example", "second@alluraderm.example", f"{MARKER}@example.org"]
    )
    assert len({message.message()["Message-ID"] for message in mail.outbox}) == 3


def test_the_mail_is_queued_with_the_request_or_not_at_all(send: Callable[..., Any], client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OutgoingMail.objects, "bulk_create", lambda *args: 1 / 0)
    client.raise_request_exception = False
    assert send().status_code == 500
    assert not ConsultationRequest.objects.exists() and not OutgoingMail.objects.exists()


@pytest.mark.parametrize("problem", [OSError("refused"), smtplib.SMTPServerDisconnected("gone"), smtplib.SMTPDataError(451, b"later")])
def test_a_mail_that_fails_is_tried_again_later_and_later(
    two_readers: None, stored: ConsultationRequest, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    failing(monkeypatch, problem, times=6)
    outgoing_mail.send_pending()
    assert not mail.outbox
    first = OutgoingMail.objects.filter(sent_at=None).values_list("next_try_at", flat=True)
    assert all(later > timezone.now() + dt.timedelta(seconds=20) for later in first)
    assert outgoing_mail.send_pending() == 0, "it waits"
    pass_time(seconds=1)
    outgoing_mail.send_pending()
    delays = [later - timezone.now() for later in OutgoingMail.objects.filter(sent_at=None).values_list("next_try_at", flat=True)]
    assert all(delay > dt.timedelta(seconds=50) for delay in delays)
    pass_time(seconds=1)
    outgoing_mail.send_pending()
    assert len(mail.outbox) == 3


def test_an_address_that_does_not_exist_is_given_up_and_shown(
    stored: ConsultationRequest, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, smtplib.SMTPRecipientsRefused({}), times=9)
    outgoing_mail.send_pending()
    assert OutgoingMail.objects.filter(gave_up_at__isnull=False).count() == 2
    assert "could not be sent" in desk.get("/admin/").content.decode()


def test_at_last_it_gives_up(stored: ConsultationRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, OSError("refused"), times=999)
    for _try in range(outgoing_mail.MAX_ATTEMPTS + 2):
        pass_time(seconds=1)
        outgoing_mail.send_pending()
    assert OutgoingMail.objects.get(kind="patient").attempts == outgoing_mail.MAX_ATTEMPTS
    assert OutgoingMail.objects.get(kind="patient").gave_up_at


def test_a_claim_keeps_another_worker_off_and_ends_by_itself(stored: ConsultationRequest) -> None:
    notice = OutgoingMail.objects.get(kind="patient")
    OutgoingMail.objects.exclude(pk=notice.pk).delete()
    # What a worker leaves that was killed after claiming.
    OutgoingMail.objects.filter(pk=notice.pk).update(next_try_at=timezone.now() + outgoing_mail.CLAIM_DURATION, attempts=1)
    assert outgoing_mail.send_pending() == 0
    pass_time(seconds=1)
    assert outgoing_mail.send_pending() == 1
    assert outgoing_mail.send_pending() == 0


def test_a_withdrawn_request_sends_nothing_more(stored: ConsultationRequest) -> None:
    stored.delete()
    assert outgoing_mail.send_pending() == 0


def test_an_altered_request_is_recorded_and_stops_no_other_mail(two_readers: None, stored: ConsultationRequest) -> None:
    ConsultationRequest.objects.update(sealed_contact=b"x" * 50)
    outgoing_mail.send_pending()
    assert len(mail.outbox) == 2
    assert AccessLogEntry.objects.filter(action=Action.CANNOT_OPEN, actor="the site").count() == 1


def test_without_a_key_the_acknowledgement_waits(stored: ConsultationRequest, tmp_path: Any) -> None:
    (tmp_path / "private.key").rename(tmp_path / "away.key")
    outgoing_mail.send_pending()
    assert OutgoingMail.objects.get(kind="patient").gave_up_at is None
    (tmp_path / "away.key").rename(tmp_path / "private.key")
    pass_time(seconds=1)
    assert outgoing_mail.send_pending() == 1


def test_the_same_mail_twice_is_one_file(settings: Any, tmp_path: Any, stored: ConsultationRequest) -> None:
    settings.EMAIL_BACKEND = "common.mail_backend.MailFolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for _time in range(2):
        # A worker that was killed between sending and stamping.
        OutgoingMail.objects.update(sent_at=None, next_try_at=timezone.now() - dt.timedelta(seconds=1))
        outgoing_mail.send_pending()
    assert OutgoingMail.objects.filter(kind="patient").count() == 1
    files = list((tmp_path / "mail").iterdir())
    assert len(files) == 1 and MARKER.lower() not in files[0].read_text().lower()


def test_spam_is_never_counted_as_waiting(stored: ConsultationRequest, two_readers: None) -> None:
    stored.set_status(Status.CONTACTED)
    outgoing_mail.send_pending()
    assert any("0 requests are new" in message.body for message in mail.outbox)


def test_a_mail_has_two_faces_with_the_same_words(stored: ConsultationRequest) -> None:
    outgoing_mail.send_pending()
    (to_patient,) = [message for message in mail.outbox if message.bcc]
    ((html, kind),) = to_patient.alternatives
    page = BeautifulSoup(html, "html.parser")
    assert kind == "text/html"
    assert stored.reference in page.get_text() and stored.reference in to_patient.body
    assert not page.select("img, script, link"), "nothing is fetched when it is opened"
    assert all("consultation/receipt" in str(link["href"]) or str(link["href"]).startswith("tel:") for link in page.select("a"))
