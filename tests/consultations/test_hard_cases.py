"""What happens at the same moment, on another day, or with rows that the site did not write."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations import access_log, outgoing_mail
from consultations.access_log_verification import verify
from consultations.actions import correspondence, purge
from consultations.choices import Action, DestructionReason, Status
from consultations.form_page.models import ConsultationPage
from consultations.models import AccessLogEntry, ConsultationRequest, OutgoingMail
from consultations.search_index import index_pending
from sealing.encryption import CannotOpenError, ContentKey
from sealing.keys import public_keys
from tests.consultations.conftest import ANSWERS, opened_long_ago

pytestmark = pytest.mark.django_db
INDEX = "/admin/consultations/"


def test_a_request_reopened_after_it_was_listed_as_due_stays(stored: ConsultationRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    ConsultationRequest.objects.update(status=Status.CLOSED, status_changed_at=timezone.now() - dt.timedelta(days=999))
    really = purge.destroy

    def destroy(*args: Any) -> Any:
        correspondence.receive_message(stored, "Please wait")
        return really(*args)

    monkeypatch.setattr(purge, "destroy", destroy)
    assert purge.purge_due_requests(lambda line: None) == 0
    assert ConsultationRequest.objects.get().status == Status.NEW


def test_the_same_words_on_another_day_are_another_request() -> None:
    patient = Client()
    patient.get("/consultation/")
    words = {**ANSWERS, "opened": opened_long_ago()}
    codes = set()
    for _day in range(3):
        assert patient.post("/consultation/", words).status_code == 302
        codes.add(patient.get("/consultation/sent/").content.decode().split("receipt-code")[1][:120])
        ConsultationRequest.objects.update(fingerprint=None)
    assert ConsultationRequest.objects.count() == 3 and len(codes) == 3


def test_an_address_that_no_mail_program_can_encode_is_explained(send: Callable[..., Any]) -> None:
    assert "after the @" in send(email="a@" + "\u00e9" * 60 + ".de").content.decode()


def test_a_notice_that_cannot_become_a_mail_holds_up_nobody(
    stored: ConsultationRequest, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(message="Another")
    really = outgoing_mail.mail_to_patient

    def broken(notice: OutgoingMail) -> Any:
        if notice.request_id == stored.pk:
            raise UnicodeError("label too long")
        return really(notice)

    monkeypatch.setattr(outgoing_mail, "mail_to_patient", broken)
    outgoing_mail.send_pending()
    assert len(mail.outbox) == 1
    assert OutgoingMail.objects.get(request=stored, kind="patient").gave_up_at


def test_one_that_is_gone_stops_no_other_from_being_destroyed(desk: Client, send: Callable[..., Any]) -> None:
    for number in range(3):
        send(message=str(number))
    stored = list(ConsultationRequest.objects.all())
    from consultations.inbox import bulk

    purge.destroy(stored[1], DestructionReason.WITHDRAWN, access_log.PATIENT)
    request = type("Request", (), {"user": "the site"})()
    assert bulk.BulkView().execute(request, "destroy", stored) == 2


def test_a_note_for_a_request_that_is_gone_is_a_404(desk: Client, stored: ConsultationRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: Any) -> None:
        raise ConsultationRequest.DoesNotExist

    monkeypatch.setattr("consultations.inbox.request_views.write_note", gone)
    assert desk.post(reverse("consultations:note", args=[stored.pk]), {"kind": "note", "text": "x"}).status_code == 404


def test_what_is_written_while_the_record_is_checked_is_no_tampering(stored: ConsultationRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    access_log.write(Action.OPENED, access_log.SITE, stored)
    really, written = access_log.entry_hash, []

    def slow(*args: Any) -> str:
        if not written:
            written.append(1)
            access_log.write(Action.OPENED, access_log.SITE, stored)
        return really(*args)

    monkeypatch.setattr(access_log, "entry_hash", slow)
    assert not verify().problems


def test_the_record_cannot_be_emptied_in_one_stroke() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE consultations_accessrecord")


def test_a_page_that_was_open_for_long_undoes_nothing(desk: Client, stored: ConsultationRequest, make_user: Callable[..., Any]) -> None:
    boss = make_user(None)
    stored.set_status(Status.CLOSED)
    ConsultationRequest.objects.update(owner=boss)
    correspondence.receive_message(stored, "One more thing")
    stale = {"status": "closed", "status_was": "closed", "owner": str(boss.pk), "owner_was": str(boss.pk)}
    desk.post(reverse("consultations:change", args=[stored.pk]), stale)
    stored.refresh_from_db()
    assert stored.status == Status.NEW and stored.owner == boss
    assert str(boss) in desk.get(reverse("consultations:request", args=[stored.pk])).content.decode()


@pytest.mark.parametrize("owner", ["\u00b2", "9" * 5000, "-1", "1e3"])
def test_an_owner_that_makes_no_sense_is_no_error(desk: Client, stored: ConsultationRequest, owner: str) -> None:
    assert desk.get(INDEX, {"owner": owner[:100]}).status_code == 200
    assert desk.post(reverse("consultations:change", args=[stored.pk]), {"owner": owner}).status_code == 302
    for wrong in ("-" * 36, "0" * 36, str(uuid.uuid4()).upper()):
        assert desk.post(f"{INDEX}bulk/", {"action": "destroy", "id": [wrong]}).status_code == 200


def sealed_anew(stored: ConsultationRequest, contact: Any) -> dict[str, Any]:
    key = ContentKey.generate(stored.pk)
    content = json.dumps(contact).encode() if not isinstance(contact, bytes) else contact
    return {"sealed_keys": key.seal_to(public_keys()), "sealed_contact": key.seal("contact", content)}


@pytest.mark.parametrize("contact", [[1], {}, {"name": 5}, None, b"\xff no json", "text"])
def test_a_contact_of_another_shape_stops_neither_inbox_nor_index(
    desk: Client, stored: ConsultationRequest, send: Callable[..., Any], contact: Any
) -> None:
    send(name="Second Person")
    ConsultationRequest.objects.filter(pk=stored.pk).update(**sealed_anew(stored, contact))
    assert "Second Person" in desk.get(INDEX).content.decode()
    assert desk.get(reverse("consultations:request", args=[stored.pk])).status_code == 200
    assert index_pending() == 2 and index_pending() == 0
    assert AccessLogEntry.objects.filter(action=Action.CANNOT_OPEN, detail="search index").count() == 1


@pytest.mark.parametrize("keys", [None, [], {"x": 5}, 7, "text"])
def test_sealed_keys_of_another_shape_are_a_clear_failure(stored: ConsultationRequest, keys: Any) -> None:
    if isinstance(keys, dict):
        keys = dict.fromkeys(stored.sealed_keys, 5)
    stored.sealed_keys = keys
    with pytest.raises(CannotOpenError):
        stored.contact()


def test_a_photo_whose_file_is_gone_is_recorded(desk: Client, stored: ConsultationRequest) -> None:
    photo = stored.photos.get()
    photo.file.storage.delete(photo.file.name)
    assert desk.get(reverse("consultations:photo", args=[stored.pk, 1])).status_code == 404
    assert AccessLogEntry.objects.filter(action=Action.CANNOT_OPEN, detail="photo/1").exists()


def test_a_page_for_signed_in_readers_leads_to_the_sign_in(client: Client) -> None:
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=ConsultationPage.objects.get(), restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/consultation/", follow=True)
    assert response.status_code == 200 and response.request["PATH_INFO"] == "/admin/login/"
