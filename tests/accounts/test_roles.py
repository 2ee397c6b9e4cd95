"""Each role can do its job and no more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from accounts.roles import Role, set_up_roles
from sample.demo_accounts import create_demo_accounts

pytestmark = pytest.mark.django_db


def admin_address(name: str) -> str:
    site = Site.objects.get(is_default_site=True)
    treatments = Page.objects.get(url_path__endswith="/treatments/")
    return {
        "explorer": reverse("wagtailadmin_explore", args=[treatments.pk]),
        "add treatment": reverse("wagtailadmin_pages:add", args=["treatments", "treatmentpage", treatments.pk]),
        "edit": reverse("wagtailadmin_pages:edit", args=[treatments.pk]),
        "images": reverse("wagtailimages:index"),
        "references": reverse("wagtailsnippets_core_reference:list"),
        "topics": reverse("wagtailsnippets_blog_topic:list"),
        "clinic details": reverse("wagtailsettings:edit", args=["core", "clinicdetails", site.pk]),
        "menus": reverse("wagtailsettings:edit", args=["core", "navigation", site.pk]),
        "redirects": reverse("wagtailredirects:index"),
        "users": reverse("wagtailusers_users:index"),
        "requests": reverse("consultations:index"),
    }[name]


ALLOWED = {
    Role.EDITOR: {"explorer", "add treatment", "edit", "images", "references", "topics"},
    Role.CLINICIAN: {"explorer", "edit", "references"},
    Role.FRONT_DESK: {"requests"},
    Role.SITE_MANAGER: {
        "explorer",
        "add treatment",
        "edit",
        "images",
        "references",
        "topics",
        "clinic details",
        "menus",
        "redirects",
    },
    None: {
        "explorer",
        "add treatment",
        "edit",
        "images",
        "references",
        "topics",
        "clinic details",
        "menus",
        "redirects",
        "users",
        "requests",
    },
}
EVERYWHERE = sorted(ALLOWED[None])


@pytest.mark.parametrize("place", EVERYWHERE)
@pytest.mark.parametrize("role", ALLOWED, ids=lambda role: role.name if role else "superuser")
def test_a_role_opens_what_its_job_needs_and_nothing_else(as_role: Callable[..., Client], role: Role | None, place: str) -> None:
    status = as_role(role).get(admin_address(place)).status_code
    assert (status == 200) == (place in ALLOWED[role]), status


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_every_role_gets_a_home_page_in_the_admin(as_role: Callable[..., Client], role: Role) -> None:
    response = as_role(role).get("/admin/")
    assert response.status_code == 200
    assert "css/admin.css" in response.content.decode()
    assert "gravatar" not in response.content.decode()


def test_a_group_that_a_site_manager_changed_stays_changed() -> None:
    editors = Group.objects.get(name=Role.EDITOR.value)
    editors.permissions.clear()
    assert set_up_roles() == []
    assert not editors.permissions.exists()
    call_command("set_up_site", "--renew-roles")
    assert editors.permissions.filter(codename="access_admin").exists()


def test_wagtails_own_groups_made_room() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_demonstration_accounts_keep_their_passwords(tmp_path: Any, client: Client) -> None:
    file = tmp_path / "accounts.txt"
    first = create_demo_accounts(file)
    assert create_demo_accounts(file) == first
    assert [line.split()[0] for line in file.read_text().splitlines()] == ["admin", "editor", "clinician", "frontdesk"]
    for _role, username, password in first:
        assert client.post("/admin/login/", {"username": username, "password": password, "next": "/admin/"}).status_code == 302
        assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_no_role_can_give_itself_more(as_role: Callable[..., Client], role: Role) -> None:
    client = as_role(role)
    for address in (reverse("wagtailusers_users:add"), reverse("wagtailusers_groups:add"), reverse("wagtailusers_groups:index")):
        assert client.get(address).status_code in (302, 403)
    for grants in ("core.add_user", "core.change_user", "auth.change_group"):
        assert not Group.objects.get(name=role.value).permissions.filter(
            content_type__app_label=grants.split(".")[0], codename=grants.split(".")[1]
        )
