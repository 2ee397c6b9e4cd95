"""Requests end when their time is over, and nothing of them stays."""

import datetime as dt
import os
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions import purge
from consultations.choices import DestructionReason, Status
from consultations.models import AttemptCount, ConsultationRequest, DeletionCertificate, OutgoingMail, RequestPolicy
from consultations.models.request import sealed_storage

pytestmark = pytest.mark.django_db


def finish(stored: ConsultationRequest, status: Status, days_ago: float) -> None:
    ConsultationRequest.objects.filter(pk=stored.pk).update(status=status, status_changed_at=timezone.now() - dt.timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("status", "days", "stays"),
    [
        (Status.CLOSED, 181, False),
        (Status.CLOSED, 179, True),
        (Status.SPAM, 31, False),
        (Status.SPAM, 29, True),
        (Status.NEW, 4000, True),
        (Status.CONTACTED, 4000, True),
        (Status.SCHEDULED, 4000, True),
    ],
)
def test_only_what_is_finished_and_due_is_destroyed(stored: ConsultationRequest, status: Status, days: int, stays: bool) -> None:
    finish(stored, status, days)
    call_command("purge_requests", verbosity=0)
    assert ConsultationRequest.objects.exists() == stays
    assert DeletionCertificate.objects.exists() == (not stays)


def test_the_clinic_sets_the_time(stored: ConsultationRequest) -> None:
    policy = RequestPolicy.load()
    policy.keep_closed_days = 10
    policy.save()
    finish(stored, Status.CLOSED, 11)
    call_command("purge_requests", verbosity=0)
    assert DeletionCertificate.objects.get().reason == DestructionReason.DUE


def test_the_files_go_with_the_rows(stored: ConsultationRequest, django_capture_on_commit_callbacks: Any) -> None:
    name = stored.photos.get().file.name
    assert sealed_storage().exists(name)
    finish(stored, Status.CLOSED, 181)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_requests", verbosity=0)
    assert not sealed_storage().exists(name)


def test_one_that_cannot_be_destroyed_does_not_stop_the_rest(
    stored: ConsultationRequest, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(message="Another")
    ConsultationRequest.objects.update(status=Status.CLOSED, status_changed_at=timezone.now() - dt.timedelta(days=999))
    really = purge.destroy

    def destroy(request: ConsultationRequest, *args: Any) -> Any:
        if request.pk == stored.pk:
            raise OSError("disk")
        return really(request, *args)

    monkeypatch.setattr(purge, "destroy", destroy)
    call_command("purge_requests", verbosity=0)
    assert list(ConsultationRequest.objects.values_list("pk", flat=True)) == [stored.pk]


def test_each_finished_request_shows_its_countdown(stored: ConsultationRequest, desk: Client) -> None:
    address = reverse("consultations:request", args=[stored.pk])
    assert "Will be destroyed" not in desk.get(address).content.decode()
    finish(stored, Status.CLOSED, 170)
    assert "Will be destroyed on" in desk.get(address).content.decode()
    assert "destroyed in" in desk.get(reverse("consultations:index")).content.decode()
    assert "will be destroyed within 14 days" in desk.get("/admin/").content.decode()


def test_sealed_files_that_no_request_knows_are_swept_away(stored: ConsultationRequest) -> None:
    storage = sealed_storage()
    old, young = (storage.save(f"2026/01/{name}.sealed", ContentFile(b"x")) for name in ("old", "young"))
    long_ago = timezone.now().timestamp() - 7200
    os.utime(storage.path(old), (long_ago, long_ago))
    kept = stored.photos.get().file.name
    os.utime(storage.path(kept), (long_ago, long_ago))
    call_command("purge_requests", verbosity=0)
    assert not storage.exists(old) and storage.exists(young) and storage.exists(kept)
    storage.delete(young)


def test_what_is_of_no_more_use_is_forgotten(stored: ConsultationRequest) -> None:
    AttemptCount.objects.create(key="x", points=1, hour=timezone.now() - dt.timedelta(hours=2))
    OutgoingMail.objects.update(sent_at=timezone.now() - dt.timedelta(days=31))
    ConsultationRequest.objects.update(received_at=timezone.now() - dt.timedelta(days=2))
    call_command("purge_requests", verbosity=0)
    stored.refresh_from_db()
    assert stored.fingerprint is None
    assert not AttemptCount.objects.exists() and not OutgoingMail.objects.exists()


def test_two_who_destroy_at_once_leave_one_receipt(stored: ConsultationRequest) -> None:
    purge.destroy(stored, DestructionReason.STAFF, "the site")
    with pytest.raises(ConsultationRequest.DoesNotExist):
        purge.destroy(ConsultationRequest(pk=stored.pk), DestructionReason.STAFF, "the site")
    assert DeletionCertificate.objects.count() == 1
