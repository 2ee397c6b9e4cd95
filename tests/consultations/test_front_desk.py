"""The front desk's daily work: owners, notes, many at once, exports, and the end of an idle session."""

import csv
import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.sign_in.idle import IDLE_SECONDS, LAST_SEEN_KEY
from accounts.sign_in.recent import RECENT_SECONDS
from consultations.actions.export import FORMULA_STARTS, cell, open_archive
from consultations.choices import Action, Status
from consultations.models import AccessLogEntry, ConsultationRequest, DeletionCertificate, SealedNote
from sealing.encryption import CannotOpenError
from tests.consultations.conftest import MARKER, whole_database
from tests.session_age import age

pytestmark = pytest.mark.django_db
INDEX, BULK = "/admin/consultations/", "/admin/consultations/bulk/"


@pytest.fixture
def three(send: Callable[..., Any]) -> list[str]:
    for number in range(3):
        send(name=f"Person {number}", message=f"{MARKER} {number}")
    return [str(pk) for pk in ConsultationRequest.objects.values_list("pk", flat=True)]


def names(response: Any) -> list[str]:
    return [link.get_text(strip=True) for link in BeautifulSoup(response.content, "html.parser").select("[data-inbox-row]")]


def test_new_ones_come_first_then_the_latest(desk: Client, three: list[str]) -> None:
    newest = ConsultationRequest.objects.order_by("-received_at")[0]
    newest.set_status(Status.CONTACTED)
    assert names(desk.get(INDEX)) == ["Person 1", "Person 0", "Person 2"]


def test_lateness_is_marked_and_can_be_asked_for(desk: Client, three: list[str]) -> None:
    late = ConsultationRequest.objects.filter(pk=three[0])
    late.update(received_at=timezone.now() - timezone.timedelta(hours=49))
    assert desk.get(INDEX).content.decode().count("inbox-mark-late") == 1
    assert len(names(desk.get(INDEX, {"overdue": "yes"}))) == 1
    assert "overdue" in desk.get("/admin/").content.decode()


def test_a_request_has_an_owner(desk: Client, three: list[str], make_user: Callable[..., Any]) -> None:
    colleague = make_user(Role.FRONT_DESK, "colleague")
    desk.post(reverse("consultations:change", args=[three[0]]), {"status": "new", "owner": str(colleague.pk)})
    assert len(names(desk.get(INDEX, {"owner": str(colleague.pk)}))) == 1
    assert len(names(desk.get(INDEX, {"owner": "none"}))) == 2
    assert names(desk.get(INDEX, {"owner": "me"})) == []
    desk.post(BULK, {"action": "mine", "id": three, "confirmed": "yes"})
    assert len(names(desk.get(INDEX, {"owner": "me"}))) == 3
    editor = make_user(Role.EDITOR)
    desk.post(reverse("consultations:change", args=[three[0]]), {"owner": str(editor.pk)})
    assert ConsultationRequest.objects.get(pk=three[0]).owner.get_username() == "front_desk"  # type: ignore[union-attr]


@pytest.mark.parametrize("query", [{"status": "burnt"}, {"owner": "x"}, {"owner": "9" * 40}, {"p": "x"}, {"p": "-1"}, {"found": "a.b.'"}])
def test_filters_that_make_no_sense_do_no_harm(desk: Client, three: list[str], query: dict[str, str]) -> None:
    assert desk.get(INDEX, query).status_code == 200


def test_notes_are_sealed_and_read_again(desk: Client, three: list[str]) -> None:
    address = reverse("consultations:note", args=[three[0]])
    assert desk.post(address, {"kind": "voicemail", "text": f"{MARKER} <b>rang</b>"}).status_code == 302
    assert MARKER.lower() not in whole_database().lower()
    shown = desk.get(reverse("consultations:request", args=[three[0]])).content.decode()
    assert f"{MARKER} &lt;b&gt;rang&lt;/b&gt;" in shown and "Left a voicemail" in shown


@pytest.mark.parametrize(
    "data", [{"kind": "note", "text": ""}, {"kind": "patient", "text": MARKER}, {"kind": "note", "text": MARKER * 1000}]
)
def test_a_note_that_cannot_be_kept_is_explained_and_not_lost(desk: Client, three: list[str], data: dict[str, str]) -> None:
    response = desk.post(reverse("consultations:note", args=[three[0]]), data)
    assert response.status_code == 200 and not SealedNote.objects.exists()
    if len(data["text"]) > 4000:
        assert "at most 4000" in response.content.decode() and data["text"] in response.content.decode()


def test_a_note_of_one_request_does_not_open_in_another(desk: Client, three: list[str]) -> None:
    desk.post(reverse("consultations:note", args=[three[0]]), {"kind": "note", "text": MARKER})
    SealedNote.objects.update(request_id=three[1])
    assert "This note cannot be opened" in desk.get(reverse("consultations:request", args=[three[1]])).content.decode()
    with pytest.raises(CannotOpenError):
        SealedNote.objects.get().open_text()


def test_many_are_changed_after_asking(desk: Client, three: list[str]) -> None:
    asked = desk.post(BULK, {"action": "status-closed", "id": three})
    assert asked.status_code == 200 and "This concerns 3 requests" in asked.content.decode()
    assert not ConsultationRequest.objects.filter(status=Status.CLOSED).exists()
    assert (
        "3 requests were changed"
        in desk.post(BULK, {"action": "status-closed", "id": three, "confirmed": "yes"}, follow=True).content.decode()
    )
    assert ConsultationRequest.objects.filter(status=Status.CLOSED).count() == 3
    assert AccessLogEntry.objects.filter(action=Action.STATUS).count() == 3


def test_destroying_asks_first_and_leaves_receipts(desk: Client, three: list[str]) -> None:
    assert "Nobody can bring them back" in desk.post(BULK, {"action": "destroy", "id": three[:2]}).content.decode()
    assert ConsultationRequest.objects.count() == 3
    desk.post(BULK, {"action": "destroy", "id": three[:2], "confirmed": "yes"})
    assert ConsultationRequest.objects.count() == 1 and DeletionCertificate.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [{}, {"action": "destroy"}, {"action": "burn", "id": ["x"]}, {"action": "destroy", "id": ["x", "' OR 1=1"], "confirmed": "yes"}],
)
def test_a_choice_that_makes_no_sense_changes_nothing(desk: Client, three: list[str], data: dict[str, Any]) -> None:
    assert desk.post(BULK, data, follow=True).status_code == 200
    assert ConsultationRequest.objects.count() == 3


def test_too_many_at_once_are_refused(desk: Client, three: list[str]) -> None:
    response = desk.post(BULK, {"action": "destroy", "id": three * 70, "confirmed": "yes"}, follow=True)
    assert "at most 200" in response.content.decode() and ConsultationRequest.objects.count() == 3


def table(desk: Client, ids: list[str]) -> list[list[str]]:
    response = desk.post(BULK, {"action": "csv", "id": ids, "confirmed": "yes"})
    assert response["Content-Type"].startswith("text/csv") and "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_table_has_a_line_for_each(desk: Client, three: list[str]) -> None:
    header, *rows = table(desk, three)
    assert header[:4] == ["reference", "received", "status", "owner"] and len(rows) == 3
    assert {row[header.index("name")] for row in rows} == {"Person 0", "Person 1", "Person 2"}
    assert AccessLogEntry.objects.filter(action=Action.EXPORTED).count() == 3


@pytest.mark.parametrize("start", [*FORMULA_STARTS, " ="])
def test_a_table_runs_no_formula(desk: Client, send: Callable[..., Any], start: str) -> None:
    send(name=f"{start}HYPERLINK(1)", message=f"{start}cmd|' /C calc'!A1")
    _header, row = table(desk, [str(ConsultationRequest.objects.get().pk)])
    assert not any(value.lstrip(" ").startswith(FORMULA_STARTS) for value in row)
    assert cell(f"{start}1").startswith("'")


def test_one_damaged_request_keeps_its_line_in_the_table(desk: Client, three: list[str]) -> None:
    ConsultationRequest.objects.filter(pk=three[1]).update(sealed_answers=b"x" * 60)
    header, *rows = table(desk, three)
    assert len(rows) == 3
    assert sorted(bool(row[header.index("name")]) for row in rows) == [False, True, True]


def test_a_sealed_archive_opens_with_the_clinics_key_only(desk: Client, stored: ConsultationRequest, tmp_path: Any) -> None:
    desk.post(reverse("consultations:note", args=[stored.pk]), {"kind": "note", "text": "Call back"})
    sealed = desk.post(BULK, {"action": "archive", "id": [str(stored.pk)], "confirmed": "yes"}).content
    assert MARKER.encode() not in sealed and b"PK\x03\x04" not in sealed
    archive = zipfile.ZipFile(io.BytesIO(open_archive(sealed)))
    assert sorted(archive.namelist()) == [f"{stored.reference}/photo-1.jpg", f"{stored.reference}/request.json"]
    whole = json.loads(archive.read(f"{stored.reference}/request.json"))
    assert whole["contact"]["name"] == f"{MARKER} Patient" and whole["notes"][0]["text"] == "Call back"
    (tmp_path / "a.sealed").write_bytes(sealed)
    call_command("open_archive", tmp_path / "a.sealed", "--to", tmp_path / "a.zip")
    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError):
        call_command("open_archive", tmp_path / "a.sealed", "--to", tmp_path / "a.zip")
    for damaged in (b"", sealed[:30], sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), b"x" * 100):
        with pytest.raises(CannotOpenError):
            open_archive(damaged)
    with pytest.raises(CannotOpenError):
        open_archive(sealed, keys={})


def test_after_a_quarter_of_an_hour_without_a_sign_of_life_the_session_ends(desk: Client, stored: ConsultationRequest) -> None:
    address = reverse("consultations:request", args=[stored.pk])
    desk.get(address)
    session = desk.session
    session[LAST_SEEN_KEY] = time.time() - IDLE_SECONDS - 1
    session["account_authentication_methods"] = []
    session.save()
    response = desk.get(address, follow=True)
    assert response.redirect_chain[0][0].startswith("/admin/login/?next=")
    assert "signed out after 15 minutes" in response.content.decode() and MARKER not in response.content.decode()
    assert desk.get("/admin/").status_code == 302


def test_a_sign_of_life_keeps_the_session(desk: Client) -> None:
    desk.get(INDEX)
    session = desk.session
    session[LAST_SEEN_KEY] = time.time() - IDLE_SECONDS + 5
    session.save()
    assert desk.get("/admin/account/alive/").status_code == 204
    assert desk.session[LAST_SEEN_KEY] > time.time() - 5


def test_the_home_page_greets_with_what_waits_and_names_nobody(desk: Client, three: list[str], as_role: Callable[..., Client]) -> None:
    home = desk.get("/admin/").content.decode()
    panel = BeautifulSoup(home, "html.parser").select_one(".requests-panel")
    assert panel and "3 new requests" in " ".join(panel.get_text().split()) and "Person" not in home
    ConsultationRequest.objects.all().update(status=Status.CLOSED)
    assert "No new requests" in desk.get("/admin/").content.decode()
    assert not AccessLogEntry.objects.exists()


def test_an_empty_inbox_says_what_will_happen(desk: Client) -> None:
    assert "No request has come in yet" in desk.get(INDEX).content.decode()
    assert "No request fits" in desk.get(INDEX, {"status": "spam"}).content.decode()


def test_a_session_that_was_idle_opens_nothing_until_it_is_proved(desk: Client, stored: ConsultationRequest) -> None:
    desk.get("/admin/consultations/")
    age(desk, IDLE_SECONDS + 1)
    assert desk.post(reverse("consultations:change", args=[stored.pk]), {"status": "closed"}).status_code == 403
    stored.refresh_from_db()
    assert stored.status == "new"


@pytest.mark.parametrize("action", ["csv", "archive", "destroy"])
def test_what_cannot_be_taken_back_wants_a_recent_proof(desk: Client, stored: ConsultationRequest, action: str) -> None:
    age(desk, RECENT_SECONDS + 1)
    data = {"action": action, "id": [str(stored.pk)], "confirmed": "yes"}
    answer = desk.post(reverse("consultations:bulk"), data)
    assert answer.status_code == 403 and "prove once more that it is you" in answer.content.decode()
    assert ConsultationRequest.objects.filter(pk=stored.pk).exists()
    age(desk, -RECENT_SECONDS)
    assert desk.post(reverse("consultations:bulk"), data).status_code in (200, 302)
