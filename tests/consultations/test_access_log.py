"""The access record tells all, and cannot be made to tell less."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from consultations import access_log
from consultations.access_log_verification import verify
from consultations.choices import Action
from consultations.models import AccessLogEntry, AccessLogHead, AppendOnlyError, ConsultationRequest
from consultations.noted_heads import note_head, notes_file

pytestmark = pytest.mark.django_db
TABLE = AccessLogEntry._meta.db_table


@pytest.fixture
def entries(stored: ConsultationRequest) -> None:
    for _time in range(5):
        access_log.write(Action.OPENED, access_log.SITE, stored)


def unguarded(statement: str) -> None:
    """What an intruder with every right in the database could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        else:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}")
        cursor.execute(statement)


def problems() -> str:
    return "; ".join(verify().problems)


def test_a_whole_record_is_whole(entries: None) -> None:
    assert verify().entries == 5 and not problems()
    call_command("verify_access_record")


def test_an_empty_record_is_whole() -> None:
    assert not problems()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE {TABLE} SET actor = 'somebody' WHERE number = 3", "entry 3 was altered"),
        (f"UPDATE {TABLE} SET detail = 'x' WHERE number = 5", "entry 5 was altered"),
        (f"UPDATE {TABLE} SET chain_hash = 'x' WHERE number = 2", "entry 2 was altered"),
        (f"DELETE FROM {TABLE} WHERE number = 3", "entries 3 to 3 are missing"),
        (f"DELETE FROM {TABLE} WHERE number = 1", "entries 1 to 1 are missing"),
        (f"DELETE FROM {TABLE} WHERE number >= 4", "the end was cut off"),
        (f"DELETE FROM {TABLE}", "the end was cut off"),
        ("DELETE FROM consultations_recordhead", "the end was cut off"),
        ("UPDATE consultations_recordhead SET seal = 'x'", "where the chain ends was altered"),
    ],
)
def test_every_change_and_every_cut_shows(entries: None, statement: str, words: str) -> None:
    unguarded(statement)
    assert words in problems()
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_access_record")


def test_cutting_the_end_and_moving_the_head_shows(entries: None) -> None:
    last = AccessLogEntry.objects.get(number=3)
    unguarded(f"DELETE FROM {TABLE} WHERE number > 3")
    AccessLogHead.objects.update(number=3, chain_hash=last.chain_hash)
    assert "where the chain ends was altered" in problems()


def test_putting_an_old_copy_back_shows_against_a_noted_head(entries: None, stored: ConsultationRequest) -> None:
    head = AccessLogHead.objects.values().get()
    access_log.write(Action.PRINTED, access_log.SITE, stored)
    noted = verify().head
    unguarded(f"DELETE FROM {TABLE} WHERE number > 5")
    AccessLogHead.objects.update(**head)
    assert not problems(), "nothing was noted outside the database"
    assert "older copy" in "; ".join(verify(noted).problems)
    assert not verify(f"3:{AccessLogEntry.objects.get(number=3).chain_hash}").problems


def test_the_database_itself_refuses_to_change_or_delete(entries: None) -> None:
    for statement in (f"UPDATE {TABLE} SET actor = 'x'", f"DELETE FROM {TABLE}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    entry = AccessLogEntry.objects.first()
    assert entry
    for attempt in (entry.save, entry.delete, AccessLogEntry.objects.all().delete, lambda: AccessLogEntry.objects.update(actor="x")):
        with pytest.raises(AppendOnlyError):
            attempt()


def test_an_old_secret_still_proves_old_entries(entries: None, settings: Any) -> None:
    old, new = settings.ACCESS_RECORD_KEY, "another secret " * 5
    settings.ACCESS_RECORD_KEY_FALLBACKS, settings.ACCESS_RECORD_KEY = [old], new
    assert not problems()
    access_log.write(Action.OPENED, access_log.SITE)
    assert not problems()
    settings.ACCESS_RECORD_KEY_FALLBACKS = []
    assert problems()


def test_an_old_secret_adds_nothing_to_what_a_new_one_began(entries: None, settings: Any) -> None:
    old, new = settings.ACCESS_RECORD_KEY, "another secret " * 5
    settings.ACCESS_RECORD_KEY_FALLBACKS, settings.ACCESS_RECORD_KEY = [old], new
    access_log.write(Action.OPENED, access_log.SITE)
    settings.ACCESS_RECORD_KEY_FALLBACKS, settings.ACCESS_RECORD_KEY = [], old
    access_log.write(Action.OPENED, access_log.SITE)
    settings.ACCESS_RECORD_KEY_FALLBACKS, settings.ACCESS_RECORD_KEY = [old], new
    assert "entry 7 was altered" in problems()


def test_the_public_sides_secret_proves_nothing(entries: None, settings: Any) -> None:
    """Whoever took over a public process knows `SECRET_KEY` of it, and can write to the table in the worst case."""
    settings.ACCESS_RECORD_KEY = settings.SECRET_KEY
    access_log.write(Action.OPENED, "somebody")
    settings.ACCESS_RECORD_KEY = "test-only-record-" + "x" * 50
    assert "entry 6 was altered" in problems()


def test_a_cut_shows_against_what_was_noted_outside_the_database(entries: None, stored: ConsultationRequest) -> None:
    head = AccessLogHead.objects.values().get()
    access_log.write(Action.PRINTED, access_log.SITE, stored)
    noted = note_head()
    assert noted and noted.number == 6
    assert note_head() is None, "nothing is new"
    assert not problems() and verify().sure_until == noted
    unguarded(f"DELETE FROM {TABLE} WHERE number > 5")
    AccessLogHead.objects.update(**head)
    assert "older copy" in problems()
    # Another chain of the same length is no way out, even with the record's own key.
    access_log.write(Action.OPENED, access_log.SITE)
    assert "older copy" in problems()


def test_a_line_that_nobody_noted_proves_nothing(entries: None) -> None:
    notes_file().write_text("2026-01-01T00:00:00+00:00 9 abc forged\nnonsense\n")
    assert not problems() and verify().sure_until is None


def actions() -> list[str]:
    return list(AccessLogEntry.objects.order_by("number").values_list("action", flat=True))


def test_every_look_and_change_is_written_down(desk: Client, stored: ConsultationRequest) -> None:
    desk.get(reverse("consultations:index"))
    desk.get(reverse("consultations:request", args=[stored.pk]))
    desk.get(reverse("consultations:photo", args=[stored.pk, 1]))
    desk.get(reverse("consultations:print", args=[stored.pk]))
    desk.post(reverse("consultations:change", args=[stored.pk]), {"status": "contacted"})
    desk.post(reverse("consultations:note", args=[stored.pk]), {"kind": "call", "text": "Nobody answered."})
    desk.post(reverse("consultations:index"), {"q": "nobody"})
    for export in ("csv", "archive"):
        desk.post(reverse("consultations:bulk"), {"action": export, "id": [str(stored.pk)], "confirmed": "yes"})
    assert actions() == ["listed", "opened", "photo", "printed", "status", "noted", "searched", "exported", "exported"]
    assert set(AccessLogEntry.objects.values_list("actor", flat=True)) == {"front_desk"}
    assert not problems()


def test_a_failure_to_open_is_written_down(desk: Client, stored: ConsultationRequest) -> None:
    ConsultationRequest.objects.update(sealed_contact=b"x" * 60)
    for name, args in (("index", []), ("request", [stored.pk])):
        desk.get(reverse(f"consultations:{name}", args=args))
    assert actions() == ["cannot-open", "listed", "cannot-open"]


def test_the_record_is_shown_at_the_request_and_as_a_report(
    as_role: Callable[..., Client], desk: Client, stored: ConsultationRequest
) -> None:
    address = reverse("consultations:request", args=[stored.pk])
    desk.get(address)
    assert "Opened the request" in desk.get(address).content.decode()
    manager = as_role(Role.SITE_MANAGER)
    report = reverse("consultations:record")
    text = manager.get(report, {"actor": "front_desk", "action": "opened", "reference": stored.reference.lower()}).content.decode()
    assert stored.reference in text and "Opened the request" in text
    assert "nothing altered or cut" in manager.get(report, {"verify": "yes"}).content.decode()
    assert "No entry fits" in manager.get(report, {"actor": "nobody"}).content.decode()
    unguarded(f"UPDATE {TABLE} SET actor = 'somebody'")
    assert "tampered" in manager.get(report, {"verify": "yes"}).content.decode()


def test_signing_in_and_failing_to_is_written_down(client: Client, make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    for name, password in ((user.username, "wrong"), ("my secret password", "wrong"), (user.username, "a long test password")):
        client.post("/admin/login/", {"username": name, "password": password})
    entries = AccessLogEntry.objects.order_by("number").values_list("action", "actor", "detail")
    assert list(entries) == [("sign-in-failed", "somebody", user.username), ("signed-in", user.username, "password")]


def test_who_changes_how_long_requests_are_kept_is_written_down(as_role: Callable[..., Client]) -> None:
    manager = as_role(Role.SITE_MANAGER)
    address = "/admin/settings/consultations/requestpolicy/"
    form = {"answer_within_hours": 48, "keep_closed_days": 3000, "keep_spam_days": 30, "backups_kept_days": 30}
    assert manager.post(manager.get(address, follow=True).redirect_chain[-1][0], form).status_code == 302
    entry = AccessLogEntry.objects.get(action="settings")
    assert entry.detail == "keep_closed_days: 180 → 3000" and entry.actor not in ("", access_log.SITE)


def test_an_entry_above_the_end_is_found(entries: None) -> None:
    """As the staff's database role could add one, without the key."""
    moment = AccessLogEntry.objects.latest("number").at
    AccessLogEntry.objects.create(number=9_000_000_000, at=moment, actor="somebody", action=Action.OPENED, chain_hash="x")
    assert "entry 9000000000 stands above the end" in problems()
