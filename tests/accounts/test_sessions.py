"""How long a session opens the admin, what it takes to do what is grave, and how to end one's sessions."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from accounts.sign_in.idle import BEGAN_KEY, IDLE_SECONDS, LAST_SEEN_KEY
from accounts.sign_in.recent import RECENT_SECONDS
from accounts.sign_in.sessions import browser_of
from accounts.sign_in.throttle import MAX_PER_ACCOUNT
from consultations.models import RequestPolicy
from tests.session_age import age

pytestmark = pytest.mark.django_db
PASSWORD = "a long test password"


def sign_in(user: Any, **headers: str) -> Client:
    client = Client(headers=headers)
    assert client.post("/admin/login/", {"username": user.username, "password": PASSWORD}).status_code == 302
    return client


def test_work_anywhere_keeps_the_session(as_role: Callable[..., Client]) -> None:
    editor = as_role(Role.EDITOR)
    for _time in range(3):
        assert editor.get("/admin/pages/").status_code in (200, 302)
        age(editor, IDLE_SECONDS - 60)
    assert editor.get("/admin/account/alive/").status_code == 204


def test_what_the_editor_asks_by_itself_is_no_activity(as_role: Callable[..., Client]) -> None:
    editor = as_role(Role.EDITOR)
    editor.get("/admin/")
    before = editor.session[LAST_SEEN_KEY]
    time.sleep(0.01)
    editor.post("/admin/editing-sessions/ping/1/1/1/")
    assert editor.session[LAST_SEEN_KEY] == before


def test_after_a_quarter_of_an_hour_pages_lead_to_the_sign_in(as_role: Callable[..., Client]) -> None:
    editor = as_role(Role.EDITOR)
    editor.get("/admin/")
    age(editor, IDLE_SECONDS + 1)
    answer = editor.get("/admin/images/")
    assert answer.status_code == 302 and answer["Location"] == "/admin/login/?next=%2Fadmin%2Fimages%2F"
    assert editor.get("/admin/").status_code == 302


def test_an_edit_that_is_saved_too_late_is_not_lost(make_user: Callable[..., Any]) -> None:
    manager = sign_in(make_user(Role.SITE_MANAGER))
    address, typed = (
        "/admin/redirects/add/",
        [("old_path", "/old-way"), ("redirect_link", "https://www.example.com/a\nb"), ("extra", "1"), ("extra", "2")],
    )
    manager.get(address)
    age(manager, IDLE_SECONDS + 1)
    answer = manager.post(address, {"old_path": typed[0][1], "redirect_link": typed[1][1], "extra": ["1", "2"]})
    assert answer.status_code == 403 and "no-store" in answer["Cache-Control"]
    soup = BeautifulSoup(answer.content, "html.parser")
    form = soup.select_one(f'form[action="{address}"]')
    assert form is not None
    assert [(field["name"], field.get_text()) for field in form.select("textarea")] == typed
    # Nothing else opens until it is proved in the other tab.
    link = soup.find("a", string=lambda text: bool(text) and "Prove" in text)
    assert link and manager.get(str(link["href"])).status_code == 200
    proof = manager.post(str(link["href"]), {"password": PASSWORD})
    assert proof.status_code == 302 and proof["Location"] == reverse("account_proved")
    assert manager.get(reverse("account_proved")).status_code == 200
    assert manager.post(address, {"old_path": "/old-way"}).status_code != 403


def test_a_session_ends_after_half_a_day_even_in_use(as_role: Callable[..., Client], settings: Any) -> None:
    editor = as_role(Role.EDITOR)
    assert "no-store" in editor.get("/admin/account/second-factor/", follow=True)["Cache-Control"]
    session = editor.session
    session[BEGAN_KEY] = time.time() - settings.SESSION_COOKIE_AGE - 1
    session.save()
    assert editor.get("/admin/pages/").status_code == 302 and editor.get("/admin/").status_code == 302


def test_a_browser_that_saw_no_activity_ends_the_session(as_role: Callable[..., Client]) -> None:
    desk = as_role(Role.FRONT_DESK)
    answer = desk.get(reverse("account_idle"), {"next": "/admin/consultations/"}, follow=True)
    assert answer.redirect_chain[0][0] == "/admin/login/?next=%2Fadmin%2Fconsultations%2F"
    assert "signed out after 15 minutes" in answer.content.decode()


def test_accounts_roles_and_retention_want_a_recent_proof(as_role: Callable[..., Client]) -> None:
    admin, manager = as_role(None), as_role(Role.SITE_MANAGER)
    for client in (admin, manager):
        age(client, RECENT_SECONDS + 1)
    for address in (reverse("wagtailusers_users:add"), reverse("wagtailusers_groups:add")):
        assert admin.post(address, {"username": "x", "name": "x"}).status_code == 403
    policy = RequestPolicy.load()
    assert manager.post(f"/admin/settings/consultations/requestpolicy/{policy.pk}/", {"keep_closed_days": 1}).status_code == 403


def test_sign_out_lets_the_browser_forget(as_role: Callable[..., Client]) -> None:
    for address, role in ((reverse("wagtailadmin_logout"), Role.EDITOR), (reverse("account_logout"), Role.CLINICIAN)):
        answer = as_role(role).post(address)
        assert answer.status_code == 302 and '"cache"' in answer["Clear-Site-Data"]


def test_ones_sessions_are_listed_and_the_others_ended(make_user: Callable[..., Any], as_role: Callable[..., Client]) -> None:
    user, stranger = make_user(Role.EDITOR), as_role(Role.CLINICIAN)
    desk = sign_in(user, **{"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0"})
    phone = sign_in(user, **{"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"})
    phone.get("/admin/")
    page = desk.get(reverse("account_sessions")).content.decode()
    assert "Firefox, Windows" in page and "Safari, iPhone" in page and page.count("(this one)") == 1
    assert desk.post(reverse("account_sessions"), follow=True).content.decode().count("Safari, iPhone") == 0
    assert phone.get("/admin/").status_code == 302
    assert desk.get("/admin/").status_code == stranger.get("/admin/").status_code == 200
    assert "signed in nowhere else" in desk.get(reverse("account_sessions")).content.decode()
    assert reverse("account_sessions") in desk.get(reverse("wagtailadmin_account")).content.decode()


def test_a_browser_is_named_in_two_words_or_not_at_all() -> None:
    assert browser_of("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36") == "Chrome, Linux"
    assert browser_of("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0") == "Edge, Linux"
    assert browser_of("") == browser_of("<script>") == "Another browser"


def attempt(username: str, address: str, password: str = "wrong") -> int:
    return Client(REMOTE_ADDR=address).post("/admin/login/", {"username": username, "password": password}).status_code


def test_one_account_is_not_guessed_from_many_networks_and_an_administrator_unlocks_it(
    make_user: Callable[..., Any], as_role: Callable[..., Client]
) -> None:
    user, admin = make_user(Role.EDITOR), as_role(None)
    for number in range(MAX_PER_ACCOUNT):
        assert attempt(user.username, f"198.51.100.{number}") == 200
    assert attempt(user.username, "203.0.113.9", PASSWORD) == 429
    as_role(Role.SITE_MANAGER).post(reverse("account_unlock", args=[user.pk]))
    assert attempt(user.username, "203.0.113.9", PASSWORD) == 429, "a site manager has no say in accounts"
    listing = admin.get(reverse("wagtailusers_users:index")).content.decode()
    assert reverse("account_unlock", args=[user.pk]) in listing
    assert "Let them try again" in admin.get(reverse("account_unlock", args=[user.pk])).content.decode()
    assert admin.post(reverse("account_unlock", args=[user.pk])).status_code == 302
    assert attempt(user.username, "203.0.113.9", PASSWORD) == 302


def test_the_addresses_of_one_household_count_as_one(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    statuses = [attempt(user.username, f"2001:db8:1:2::{number:x}") for number in range(1, 8)]
    assert 429 in statuses
    assert attempt(user.username, "2001:db8:1:3::1") == 200


def test_a_lock_ends_by_itself(make_user: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    user = make_user(Role.EDITOR)
    for number in range(MAX_PER_ACCOUNT):
        attempt(user.username, f"198.51.100.{number}")
    assert attempt(user.username, "203.0.113.9", PASSWORD) == 429
    settings.AXES_COOLOFF_TIME = dt.timedelta(0)
    assert attempt(user.username, "203.0.113.9", PASSWORD) == 302
