"""Every address, for every role of staff and for every part a process can play."""

import importlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, get_resolver, reverse, set_urlconf
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.models import Page

from accounts.roles import Role
from consultations.models import ConsultationRequest
from tests.addresses import EVERY, FEEDS, MACHINES
from tests.consultations.conftest import ANSWERS, MARKER, opened_long_ago, picture

pytestmark = pytest.mark.django_db

DESK, MANAGER, EDITOR, CLINICIAN, SUPERUSER = Role.FRONT_DESK, Role.SITE_MANAGER, Role.EDITOR, Role.CLINICIAN, None
PEOPLE = (EDITOR, CLINICIAN, DESK, MANAGER, SUPERUSER)
READERS = {DESK, SUPERUSER}
WRITERS = {EDITOR, MANAGER, SUPERUSER}
#: Every address of the inbox: method, and who may use it.
INBOX: dict[str, tuple[str, set[Role | None]]] = {
    "index": ("get", READERS),
    "bulk": ("post", READERS),
    "record": ("get", {MANAGER, SUPERUSER}),
    "request": ("get", READERS),
    "change": ("post", READERS),
    "note": ("post", READERS),
    "print": ("get", READERS),
    "photo": ("get", READERS),
}
#: The admin's own addresses that matter here, and who may open them.
ADMIN: dict[str, set[Role | None]] = {
    "/admin/": set(PEOPLE),
    "/admin/account/": set(PEOPLE),
    "/admin/account/second-factor/": set(PEOPLE),
    "/admin/users/": {SUPERUSER},
    "/admin/groups/": {SUPERUSER},
    "/admin/settings/consultations/requestpolicy/": {MANAGER, SUPERUSER},
    "/admin/settings/core/clinicdetails/": {MANAGER, SUPERUSER},
    "/admin/settings/core/navigation/": {MANAGER, SUPERUSER},
    "/admin/redirects/": {MANAGER, SUPERUSER},
    "/admin/images/": WRITERS,
    "/admin/documents/": WRITERS,
    "/admin/snippets/core/reference/": {*WRITERS, CLINICIAN},
    "/admin/snippets/core/clinician/": {*WRITERS, CLINICIAN},
    "/admin/snippets/blog/topic/": WRITERS,
    "/admin/pages/": {*WRITERS, CLINICIAN},
    "/admin/sites/": {MANAGER, SUPERUSER},
    "/admin/collections/": {SUPERUSER},
    "/admin/workflows/list/": {SUPERUSER},
    "/admin/due/": {*WRITERS, CLINICIAN},
    "/admin/facts/": {*WRITERS, CLINICIAN},
    "/admin/consents/": set(PEOPLE),
    "/admin/consents/new/": {*WRITERS, CLINICIAN},
    "/admin/snippets/core/wordrule/": {*WRITERS, CLINICIAN},
    "/admin/settings/core/reviewpolicy/": {MANAGER, CLINICIAN, SUPERUSER},
    # Nobody without an entry under Clinicians, whatever their groups.
    "/admin/review/": set(),
}
PATIENT = ("/consultation/", "/consultation/sent/", "/consultation/receipt/", "/consultation/receipt/message/")
SIGN_IN = ("/admin/login/", "/admin/password_reset/", "/admin/account/login/")


@pytest.fixture
def stored(client: Client) -> ConsultationRequest:
    client.post("/consultation/", {**ANSWERS, "opened": opened_long_ago(), "photos": [picture()]})
    return ConsultationRequest.objects.get()


@pytest.fixture
def play(settings: Any) -> Iterator[Callable[[str], None]]:
    """Makes this process play a part: its addresses are built anew."""

    def change(role: str) -> None:
        settings.SITE_ROLE = role
        importlib.reload(importlib.import_module("config.urls"))
        clear_url_caches()
        set_urlconf(None)

    yield change
    change("all")


def inbox_address(name: str, stored: ConsultationRequest) -> str:
    args = {"photo": [stored.pk, 1]}.get(name, [] if name in ("index", "bulk", "record") else [stored.pk])
    return reverse(f"consultations:{name}", args=args)


def opens(response: Any) -> bool:
    """Whether the address did what it is for, rather than sending away."""
    if response.status_code in (301, 302):
        return not response["Location"].startswith(("/admin/login/", "/admin/?")) and response["Location"] != "/admin/"
    return response.status_code in (200, 204)


def test_no_address_of_the_inbox_is_left_out() -> None:
    def names(patterns: Any, namespace: str = "") -> Iterator[str]:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                yield from names(entry.url_patterns, entry.namespace or namespace)
            elif isinstance(entry, URLPattern) and namespace == "consultations" and entry.name:
                yield entry.name

    assert set(names(get_resolver().url_patterns)) == set(INBOX)


@pytest.mark.parametrize("name", INBOX)
@pytest.mark.parametrize("role", PEOPLE, ids=lambda role: role.name if role else "superuser")
def test_the_inbox_opens_for_those_who_answer(as_role: Any, stored: ConsultationRequest, role: Role | None, name: str) -> None:
    method, allowed = INBOX[name]
    response = getattr(as_role(role), method)(inbox_address(name, stored), {"status": "closed", "kind": "note", "text": "x"})
    assert opens(response) == (role in allowed), (response.status_code, response.get("Location"))
    if role not in allowed:
        assert MARKER not in response.content.decode("latin-1")
        stored.refresh_from_db()
        assert stored.status == "new" and not stored.notes.exists()


@pytest.mark.parametrize("action", ["status-closed", "mine", "nobody", "csv", "archive", "destroy"])
@pytest.mark.parametrize("role", [EDITOR, CLINICIAN, MANAGER], ids=lambda role: role.name)
def test_nobody_else_does_anything_to_many(as_role: Any, stored: ConsultationRequest, role: Role, action: str) -> None:
    data = {"action": action, "id": [str(stored.pk)], "confirmed": "yes"}
    assert not opens(as_role(role).post(inbox_address("bulk", stored), data))
    stored.refresh_from_db()
    assert stored.status == "new" and stored.owner is None


@pytest.mark.parametrize("missing", ["view", "change", "export", "destroy"])
def test_each_permission_counts_by_itself(as_role: Any, stored: ConsultationRequest, missing: str) -> None:
    from django.contrib.auth.models import Group

    desk = as_role(DESK)
    group = Group.objects.get(name=DESK.value)
    group.permissions.remove(group.permissions.get(codename=f"{missing}_consultationrequest"))
    bulk, ids = inbox_address("bulk", stored), [str(stored.pk)]
    needed = {"status-closed": "change", "csv": "export", "archive": "export", "destroy": "destroy"}
    for action, permission in needed.items():
        allowed = missing not in (permission, "view")
        assert (desk.post(bulk, {"action": action, "id": ids}).status_code == 200) == allowed, action
    assert (desk.get(inbox_address("request", stored)).status_code == 200) == (missing != "view")


@pytest.mark.parametrize("address", ADMIN)
@pytest.mark.parametrize("role", PEOPLE, ids=lambda role: role.name if role else "superuser")
def test_the_admin_opens_what_a_job_needs(as_role: Any, role: Role | None, address: str) -> None:
    browser = as_role(role)
    response, landed = browser.get(address), address
    # Whoever may not is sent to the dashboard, which need not be drawn again each time.
    while response.status_code in (301, 302) and (landed := response["Location"]) != "/admin/":
        response = browser.get(landed)
    opened = response.status_code == 200 and landed.startswith(address)
    assert opened == (role in ADMIN[address]), (response.status_code, landed)


def test_strangers_open_no_address_of_the_admin(client: Client, stored: ConsultationRequest) -> None:
    client.cookies.clear()
    for address in [*ADMIN, *(inbox_address(name, stored) for name in INBOX)]:
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302 and "/login/" in response["Location"], address


@pytest.mark.parametrize("role", PEOPLE, ids=lambda role: role.name if role else "superuser")
def test_public_pages_are_the_same_for_everybody(as_role: Any, role: Role | None) -> None:
    browser = as_role(role)
    for address in ("/", "/consultation/", "/consultation/receipt/", "/privacy/"):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("role", [*PEOPLE, "anonymous"], ids=lambda role: getattr(role, "name", role) or "superuser")
def test_a_public_process_has_no_address_for_staff(play: Any, as_role: Any, client: Client, stored: Any, role: Any) -> None:
    browser = client if role == "anonymous" else as_role(role)
    inbox = [inbox_address(name, stored) for name in INBOX]
    page = Page.objects.get(slug="consultation")
    play("public")
    for address in [*ADMIN, *inbox, *SIGN_IN, f"/admin/pages/{page.pk}/edit/", "/_util/login/", "/admin/api/main/pages/"]:
        for method in (browser.get, browser.post):
            response = method(address)
            assert response.status_code == 404 and MARKER not in response.content.decode("latin-1"), address
    for address in [*EVERY, *FEEDS, *MACHINES, "/consultation/receipt/"] if role == "anonymous" else ["/", "/consultation/"]:
        assert browser.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [*PEOPLE, "anonymous"], ids=lambda role: getattr(role, "name", role) or "superuser")
def test_a_staff_process_has_no_public_form(play: Any, as_role: Any, client: Client, role: Any) -> None:
    browser = client if role == "anonymous" else as_role(role)
    play("staff")
    for address in PATIENT:
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, ANSWERS).status_code == 404, address
    assert not ConsultationRequest.objects.exists()
    assert browser.get("/healthz").status_code == browser.get("/").status_code == 200
    assert browser.get("/admin/").status_code == (302 if role == "anonymous" else 200)


def test_a_staff_process_still_previews_the_form(play: Any, as_role: Any) -> None:
    page = Page.objects.get(slug="consultation")
    editor = as_role(EDITOR)
    play("staff")
    assert editor.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200
