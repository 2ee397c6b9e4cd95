"""Resets and codes: limited for each account, told to its owner, and never sent inside a request."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from accounts.account_mail import MAX_PER_HOUR
from accounts.models import AccountMail
from accounts.roles import Role
from accounts.sign_in.forms import MAX_WRONG_CODES
from common.clock import current_hour

pytestmark = pytest.mark.django_db
PASSWORD = "a long test password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ask_for_reset(client: Client, address: str) -> bytes:
    answer = client.post("/admin/password_reset/", {"email": address}, follow=True)
    assert answer.status_code == 200
    return bytes(answer.content)


def test_a_reset_is_mailed_by_the_worker_and_works_once(client: Client, make_user: Callable[..., Any], settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://staff.clinic.example"
    user = make_user(Role.EDITOR)
    ask_for_reset(client, user.email)
    assert not mail.outbox
    call_command("send_account_mail")
    call_command("send_account_mail")
    (message,) = mail.outbox
    assert message.to == [user.email] and user.username in message.body
    link = re.search(r"https://staff\.clinic\.example(/\S+)", message.body)
    assert link
    page = client.get(link[1], follow=True)
    new = {"new_password1": "another long password 7", "new_password2": "another long password 7"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert client.post("/admin/login/", {"username": user.username, "password": new["new_password1"]}).status_code == 302
    assert (
        "not valid" in client.get(link[1], follow=True).content.decode().lower()
        or "invalid" in client.get(link[1]).content.decode().lower()
    )


def test_nobody_floods_a_mailbox_or_learns_who_has_an_account(client: Client, make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    known, unknown = ask_for_reset(client, user.email), ask_for_reset(client, "nobody@clinic.example")
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|"CSRF_TOKEN": "[^"]+"')
    assert token.sub(b"", known) == token.sub(b"", unknown)
    for _time in range(10):
        ask_for_reset(client, user.email)
    assert AccountMail.objects.count() == MAX_PER_HOUR
    call_command("send_account_mail")
    assert len(mail.outbox) == MAX_PER_HOUR


def test_a_mail_that_fails_waits_and_is_sent_once(client: Client, make_user: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for_reset(client, make_user(Role.EDITOR).email)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
        call_command("send_account_mail")
    assert AccountMail.objects.get().sent_at is None
    call_command("send_account_mail")
    assert len(mail.outbox) == 1


def code() -> str:
    """The code that an authenticator app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2]))


@pytest.fixture
def at_the_second_step(make_user: Callable[..., Any]) -> Callable[[], Client]:
    """A browser whose user has given the password and is asked for the code; each time a new one."""
    user = make_user(Role.EDITOR)
    TOTP.activate(user, SECRET)

    def begin() -> Client:
        # As with many addresses, or with several processes: what django-allauth counts in memory does not help.
        cache.clear()
        client = Client()
        assert client.post("/admin/login/", {"username": user.username, "password": PASSWORD}).status_code == 302
        return client

    return begin


def give(client: Client, value: str) -> int:
    return client.post("/admin/account/second-factor/authenticate/", {"code": value}).status_code


def test_a_code_signs_in(at_the_second_step: Callable[[], Client]) -> None:
    assert give(at_the_second_step(), code()) == 302


def test_a_code_is_taken_once_by_whichever_process(at_the_second_step: Callable[[], Client]) -> None:
    now = code()
    assert give(at_the_second_step(), now) == 302
    assert give(at_the_second_step(), now) == 200


def test_codes_are_not_guessed_and_the_owner_learns_of_it(
    at_the_second_step: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Wrong codes are counted by the hour, which may end during this test.
    hour = current_hour()
    monkeypatch.setattr("accounts.sign_in.forms.current_hour", lambda: hour)
    for _time in range(MAX_WRONG_CODES):
        assert give(at_the_second_step(), "000000") == 200
    assert give(at_the_second_step(), code()) == 200, "even the right one is not taken now"
    call_command("send_account_mail")
    (message,) = mail.outbox
    assert "Ten wrong codes" in message.body and "/admin/account/sessions/" in message.body
