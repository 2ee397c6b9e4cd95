"""What happens to accounts is in the access record: sign-in with its factors, sign-out, resets, new passwords."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.log_actions import LogContext

from accounts.roles import Role
from consultations.choices import Action
from consultations.models import AccessLogEntry

pytestmark = pytest.mark.django_db
PASSWORD = "a long test password"


def entries(action: Action) -> list[tuple[str, str]]:
    return list(AccessLogEntry.objects.filter(action=action).order_by("number").values_list("actor", "detail"))


def signed_in(user: Any) -> Client:
    client = Client()
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    return client


def test_a_sign_in_names_what_was_proved_and_a_sign_out_is_entered(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    signed_in(user).post("/admin/logout/")
    assert entries(Action.SIGNED_IN) == [(user.username, "password")]
    assert entries(Action.SIGNED_OUT) == [(user.username, "")]


def test_ending_other_sessions_is_entered(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    signed_in(user)
    signed_in(user).post(reverse("account_sessions"))
    assert entries(Action.SIGNED_OUT) == [(user.username, "other sessions: 1")]


def test_a_link_that_is_asked_for_is_entered_only_for_an_account(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    for address in (user.email, "nobody@example.org"):
        Client().post("/admin/password_reset/", {"email": address})
    assert entries(Action.PASSWORD) == [("somebody", f"{user.username}: link asked for")]


def test_a_new_password_is_entered(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    new = "quite another long one"
    token = default_token_generator.make_token(user)
    address = reverse("wagtailadmin_password_reset_confirm", args=(urlsafe_base64_encode(force_bytes(user.pk)), token))
    client = Client()
    form_address = client.get(address)["Location"]
    client.post(form_address, {"new_password1": new, "new_password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert entries(Action.PASSWORD) == [("somebody", f"{user.username}: changed")]


def test_nothing_is_entered_where_the_password_stays(make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    user.first_name = "Another"
    user.save()
    assert not entries(Action.PASSWORD)


def test_roles_and_unlocking_are_entered_with_who_did_it(as_role: Callable[..., Client], make_user: Callable[..., Any]) -> None:
    user = make_user(Role.EDITOR)
    with LogContext(user=make_user(Role.SITE_MANAGER)):
        user.groups.set(Group.objects.filter(name=Role.CLINICIAN.label))
        user.is_active = False
        user.save()
    details = [detail for _actor, detail in entries(Action.ACCOUNT)]
    assert details == ["editor: lost Editor", "editor: got Clinician", "editor: active: no"]
    as_role(None).post(reverse("account_unlock", args=(user.pk,)))
    assert entries(Action.ACCOUNT)[-1] == ("admin", f"{user.username}: unlocked")


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(make_user: Callable[..., Any]) -> None:
    signed_in(make_user(Role.FRONT_DESK))
    answer = Client().post("/admin/consultations/bulk/", headers={"Referer": "http://testserver/admin/consultations/"})
    assert answer.status_code == 302 and answer["Location"] == "/admin/login/?next=%2Fadmin%2Fconsultations%2F"
