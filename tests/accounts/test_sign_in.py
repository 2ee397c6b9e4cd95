"""Staff sign in with a password and a second factor; guessing and stolen sessions end."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from accounts.sign_in.adapters import SecondFactorAdapter

pytestmark = pytest.mark.django_db
PASSWORD = "a long test password"
SETUP = "/admin/account/second-factor/"


def code_now(secret: str, steps: int = 0) -> str:
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(username: str, password: str = PASSWORD) -> tuple[Client, Any]:
    browser = Client()
    return browser, browser.post("/admin/login/", {"username": username, "password": password, "next": "/admin/"})


def set_up_app(browser: Client) -> str:
    """Adds an authenticator app, which wants the password once more, and returns its secret."""
    confirm = browser.get(f"{SETUP}totp/activate/")["Location"]
    assert confirm.startswith("/admin/account/reauthenticate/")
    assert browser.post(confirm, {"password": PASSWORD, "next": f"{SETUP}totp/activate/"}).status_code == 302
    page = BeautifulSoup(browser.get(f"{SETUP}totp/activate/").content, "html.parser")
    secret = page.select_one("#authenticator_secret")["value"]  # type: ignore[index]
    assert browser.post(f"{SETUP}totp/activate/", {"code": code_now(str(secret))}).status_code == 302
    return str(secret)


@pytest.fixture(autouse=True)
def committing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests never commit; a request does so before it ends."""
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **kwargs: callback())


@pytest.fixture
def person(make_user: Callable[..., Any]) -> str:
    return str(make_user(Role.FRONT_DESK).get_username())


@pytest.fixture
def required(settings: Any) -> None:
    settings.REQUIRE_MFA = True


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.name if role else "superuser")
@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/consultations/", "/admin/pages/", "/admin/account/", "/admin/users/", "/admin/reports/locked/"]
)
def test_a_password_alone_opens_nothing(required: None, make_user: Callable[..., Any], role: Role | None, address: str) -> None:
    browser, response = sign_in(make_user(role).get_username())
    assert response.status_code == 302
    refused = browser.get(address)
    assert refused.status_code == 302 and refused["Location"] == SETUP


def test_without_the_requirement_a_password_is_enough(person: str) -> None:
    browser, _response = sign_in(person)
    assert browser.get("/admin/").status_code == 200


def test_setting_up_an_app_opens_the_admin_and_is_asked_for_the_next_time(required: None, person: str) -> None:
    browser, _response = sign_in(person)
    assert "set up a second way" in browser.get("/admin/", follow=True).content.decode()
    secret = set_up_app(browser)
    assert browser.get("/admin/consultations/").status_code == 200
    again, response = sign_in(person)
    assert response["Location"] == f"{SETUP}authenticate/"
    assert again.get("/admin/").status_code == 302
    assert again.post(f"{SETUP}authenticate/", {"code": "000000"}).status_code == 200
    assert again.get("/admin/consultations/").status_code == 302
    assert again.post(f"{SETUP}authenticate/", {"code": code_now(secret, 1)}).status_code == 302
    assert again.get("/admin/consultations/").status_code == 200


def test_a_recovery_code_works_once(required: None, person: str) -> None:
    browser, _response = sign_in(person)
    set_up_app(browser)
    page = BeautifulSoup(browser.get(f"{SETUP}recovery-codes/").content, "html.parser")
    codes = page.select_one("#recovery_codes").get_text().split()  # type: ignore[union-attr]
    assert len(codes) == 10
    for attempt, opens in ((codes[0], 302), (codes[0], 200), (codes[1], 302)):
        again, _response = sign_in(person)
        assert again.post(f"{SETUP}authenticate/", {"code": attempt}).status_code == opens


def test_a_session_from_before_the_requirement_is_asked_for_its_factor(settings: Any, person: str) -> None:
    browser, _response = sign_in(person)
    Authenticator.objects.create(
        user_id=browser.session["_auth_user_id"],
        type=Authenticator.Type.TOTP,
        data={"secret": SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")},
    )
    settings.REQUIRE_MFA = True
    assert browser.get("/admin/consultations/")["Location"] == f"{SETUP}reauthenticate/?next=%2Fadmin%2Fconsultations%2F"
    assert browser.post(f"{SETUP}reauthenticate/", {"code": code_now("JBSWY3DPEHPK3PXP"), "next": "/admin/"}).status_code == 302
    assert browser.get("/admin/consultations/").status_code == 200


def test_a_password_alone_adds_no_factor_beside_one_that_exists(required: None, person: str) -> None:
    thief, _response = sign_in(person)
    owner, _response = sign_in(person)
    set_up_app(owner)
    for path in ("", "totp/activate/", "webauthn/add/", "recovery-codes/", "totp/deactivate/"):
        assert thief.get(f"{SETUP}{path}")["Location"].startswith(f"{SETUP}reauthenticate/"), path
    assert thief.post("/admin/account/reauthenticate/", {"password": PASSWORD})["Location"].startswith(f"{SETUP}reauthenticate/")


def test_a_prefix_before_every_address_hides_nothing(required: None, person: str) -> None:
    browser, _response = sign_in(person)
    assert browser.get("/admin/consultations/", SCRIPT_NAME="/x").status_code == 302


def test_secrets_of_second_factors_are_not_readable_in_the_database(person: str, settings: Any) -> None:
    browser, _response = sign_in(person)
    secret = set_up_app(browser)
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored and SecondFactorAdapter().decrypt(stored) == secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret " * 5
    assert SecondFactorAdapter().decrypt(stored) == secret
    with pytest.raises(ValueError, match="altered"):
        SecondFactorAdapter().decrypt(base64.b64encode(b"x" * 40).decode())


def test_guessing_a_password_ends_after_five_attempts(person: str, make_user: Callable[..., Any]) -> None:
    for _attempt in range(4):
        assert sign_in(person, "wrong")[1].status_code == 200
    locked = sign_in(person, "wrong")[1]
    assert locked.status_code == 429 and "quarter of an hour" in locked.content.decode()
    assert sign_in(person)[1].status_code == 429
    # Nobody locks somebody else out: another address, and another name, still get in.
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post("/admin/login/", {"username": person, "password": PASSWORD, "next": "/admin/"}).status_code == 302
    assert sign_in(make_user(Role.EDITOR).get_username())[1].status_code == 302


def test_changing_a_password_ends_every_other_session(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.FRONT_DESK)
    here, there = sign_in(user.get_username())[0], sign_in(user.get_username())[0]
    assert there.get("/admin/consultations/").status_code == 200
    form = BeautifulSoup(here.get("/admin/account/").content, "html.parser")
    data = {field["name"]: field.get("value", "") for field in form.select("form input[name]")}
    for field in form.select("form select[name]"):
        chosen = field.select_one("option[selected]") or field.select_one("option")
        data[field["name"]] = chosen["value"] if chosen else ""
    new = "another long test password"
    data.update({"name_email-first_name": "Frankie", "name_email-last_name": "Front"})
    data.update({"password-old_password": PASSWORD, "password-new_password1": new, "password-new_password2": new})
    here.post("/admin/account/", data)
    user.refresh_from_db()
    assert user.check_password(new)
    assert here.get("/admin/consultations/").status_code == 200
    assert there.get("/admin/consultations/").status_code == 302


def test_a_locked_account_is_out_at_once(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.FRONT_DESK)
    browser, _response = sign_in(user.get_username())
    user.is_active = False
    user.save()
    assert browser.get("/admin/consultations/").status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_inactive", "account_set_password"])
def test_nobody_signs_up(client: Client, name: str) -> None:
    assert client.post(reverse(name), {"username": "x", "password1": PASSWORD}).status_code in (302, 405)


def test_signing_in_leads_to_no_other_site(person: str) -> None:
    browser = Client()
    response = browser.post("/admin/login/", {"username": person, "password": PASSWORD, "next": "https://evil.example/"})
    assert response["Location"] == "/admin/"


def test_the_account_page_leads_to_the_second_factor(person: str) -> None:
    browser, _response = sign_in(person)
    assert SETUP in browser.get("/admin/account/").content.decode()
