"""The inbox: for the front desk and for nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from consultations.choices import Status
from consultations.form_page.models import ConsultationPage
from consultations.models import ConsultationRequest
from tests.consultations.conftest import MARKER

pytestmark = pytest.mark.django_db


def addresses(stored: ConsultationRequest) -> list[str]:
    return [
        reverse("consultations:index"),
        reverse("consultations:request", args=[stored.pk]),
        reverse("consultations:photo", args=[stored.pk, 1]),
    ]


def test_the_front_desk_reads_a_request(as_role: Callable[..., Client], stored: ConsultationRequest) -> None:
    desk = as_role(Role.FRONT_DESK)
    listing, detail, photo = (desk.get(address) for address in addresses(stored))
    assert f"{MARKER} Patient" in listing.content.decode() and stored.reference in listing.content.decode()
    assert f"I have had {MARKER} scars" in detail.content.decode()
    assert photo["Content-Type"] == "image/jpeg" and photo.content.startswith(b"\xff\xd8")
    for response in (listing, detail, photo):
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CLINICIAN, Role.SITE_MANAGER])
def test_other_roles_see_nothing_of_a_request(as_role: Callable[..., Client], stored: ConsultationRequest, role: Role) -> None:
    client = as_role(role)
    for address in addresses(stored):
        response = client.get(address)
        assert response.status_code in (302, 403)
        assert MARKER not in response.content.decode("latin-1")
    assert client.post(reverse("consultations:change", args=[stored.pk]), {"status": "closed"}).status_code in (302, 403)
    home = client.get("/admin/").content.decode().replace("/admin/consultations/record/", "")
    assert "/admin/consultations/" not in home and "requests-panel" not in home
    stored.refresh_from_db()
    assert stored.status == Status.NEW


def test_strangers_are_sent_away(client: Client, stored: ConsultationRequest) -> None:
    for address in addresses(stored):
        assert client.get(address).status_code == 302


def test_the_front_desk_sets_a_status(as_role: Callable[..., Client], stored: ConsultationRequest) -> None:
    desk = as_role(Role.FRONT_DESK)
    response = desk.post(reverse("consultations:change", args=[stored.pk]), {"status": "contacted"}, follow=True)
    assert "is now: Contacted" in response.content.decode()
    stored.refresh_from_db()
    assert stored.status == Status.CONTACTED and stored.status_changed_at


def test_a_status_that_does_not_exist_is_refused(as_role: Callable[..., Client], stored: ConsultationRequest) -> None:
    response = as_role(Role.FRONT_DESK).post(reverse("consultations:change", args=[stored.pk]), {"status": "burnt"}, follow=True)
    assert "Choose one of the states" in response.content.decode()
    stored.refresh_from_db()
    assert stored.status == Status.NEW


def test_one_damaged_request_does_not_stop_the_rest(
    as_role: Callable[..., Client], stored: ConsultationRequest, send: Callable[..., Any]
) -> None:
    send(name="Second person")
    damaged = bytearray(stored.sealed_contact)
    damaged[-1] ^= 1
    ConsultationRequest.objects.filter(pk=stored.pk).update(sealed_contact=bytes(damaged))
    desk = as_role(Role.FRONT_DESK)
    listing = desk.get(addresses(stored)[0]).content.decode()
    assert "Second person" in listing and "Cannot be opened" in listing
    detail = desk.get(addresses(stored)[1])
    assert detail.status_code == 200
    assert "cannot be opened" in detail.content.decode()


def test_the_list_can_be_narrowed_to_a_status(
    as_role: Callable[..., Client], stored: ConsultationRequest, send: Callable[..., Any]
) -> None:
    send(name="Second person")
    stored.set_status(Status.CLOSED)
    listing = as_role(Role.FRONT_DESK).get(addresses(stored)[0], {"status": "closed"}).content.decode()
    assert f"{MARKER} Patient" in listing and "Second person" not in listing


def test_the_front_desk_edits_no_pages(as_role: Callable[..., Client]) -> None:
    desk = as_role(Role.FRONT_DESK)
    page = ConsultationPage.objects.get()
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code in (302, 403)
    assert desk.get(reverse("wagtailimages:index")).status_code in (302, 403)


def test_wagtails_own_list_of_submissions_stays_empty(as_role: Callable[..., Client], stored: ConsultationRequest) -> None:
    page = ConsultationPage.objects.get()
    assert not page.get_submissions().exists()
    manager = as_role(None)
    assert MARKER not in manager.get(f"/admin/forms/submissions/{page.pk}/", follow=True).content.decode()
