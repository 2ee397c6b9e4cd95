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
from consultations.choices import Action
from consultations.models import AccessLogEntry, AccessLogHead, AppendOnlyError, ConsultationRequest

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
    return "; ".join(access_log.verify().problems)


def test_a_whole_record_is_whole(entries: None) -> None:
    assert access_log.verify().entries == 5 and not problems()
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
    noted = access_log.verify().head
    unguarded(f"DELETE FROM {TABLE} WHERE number > 5")
    AccessLogHead.objects.update(**head)
    assert not problems()
    assert "older copy" in "; ".join(access_log.verify(noted).problems)
    assert not access_log.verify(f"3:{AccessLogEntry.objects.get(number=3).chain_hash}").problems


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
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret " * 5
    assert not problems()
    access_log.write(Action.OPENED, access_log.SITE)
    assert not problems()
    settings.SECRET_KEY_FALLBACKS = []
    assert problems()


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
