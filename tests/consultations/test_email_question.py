"""An e-mail address that will hardly get mail is asked about, with one tap to mend it, and never refused."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from common.email_addresses import likely_meant
from consultations.models import ConsultationRequest

pytestmark = pytest.mark.django_db

MEANT = {
    "ann@gmail.con": "ann@gmail.com",
    "ann@gmial.com": "ann@gmail.com",
    "jorge@iclid.com": "jorge@icloud.com",
    "ann@gmil.com": "ann@gmail.com",
    "ann@gmai.com": "ann@gmail.com",
    "ann@gmailcom": "ann@gmail.com",
    "ann@hotmailcom": "ann@hotmail.com",
    "ann@gmail.fr": "ann@gmail.com",
    "ann@gmail.co": "ann@gmail.com",
    "random_email@gmaii.com": "random_email@gmail.com",
    "ann@gmaila.com": "ann@gmail.com",
    "ann@hotmali.com": "ann@hotmail.com",
    "ann@gmail.coom": "ann@gmail.com",
    "ann@gmailc.om": "ann@gmail.com",
    "ann@outlok.com": "ann@outlook.com",
    "ann@hoymail.com": "ann@hotmail.com",
    "joe@comcast.com": "joe@comcast.net",
    "ann@example.con": "ann@example.com",
    "a@msn.con": "a@msn.com",
}
TAKEN = (
    "ann@mailw.com",
    "ann@ymail.com",
    "Ann@GMAIL.COM",
    "a@ok.de",
    "a@weibo.com",
    "a@mask.io",
    "a@bt.com",
    "a@gmx.de",
    "a@proton.me",
    "a@umich.edu",
    "a@yahoo.co.uk",
    "a@example.org",
    "a@mail.com",
    "a@company.co",
    "a@aol.com",
    "a@live.com",
    "a@fastmail.com",
    "a@hotmail.co.uk",
    "a@me.com",
)


@pytest.mark.parametrize(("written", "meant"), MEANT.items())
def test_a_slip_of_a_common_address_is_known(written: str, meant: str) -> None:
    assert likely_meant(written) == meant


@pytest.mark.parametrize("written", TAKEN)
def test_a_real_address_is_taken_without_a_word(send: Callable[..., Any], written: str) -> None:
    assert likely_meant(written) == ""
    assert send(email=written).status_code == 302


@pytest.mark.parametrize("written", ["ann@gmial.com", "ann@gmailcom"])
def test_one_tap_sends_it_with_the_address_that_was_meant(send: Callable[..., Any], written: str) -> None:
    page = BeautifulSoup(send(email=written).content, "html.parser")
    field = page.select_one(".field-email")
    assert field and "Did you mean ann@gmail.com?" in field.text and not ConsultationRequest.objects.exists()
    button = page.select_one("button[name=email_instead]")
    assert button and send(email=written, email_asked=written, email_instead=button["value"]).status_code == 302
    assert ConsultationRequest.objects.get().contact()["email"] == "ann@gmail.com"


def test_an_address_mended_by_hand_is_not_replaced(send: Callable[..., Any]) -> None:
    assert send(email="ann@example.org", email_asked="ann@gmil.com", email_instead="ann@gmail.com").status_code == 302
    assert ConsultationRequest.objects.get().contact()["email"] == "ann@example.org"


def test_sending_again_keeps_what_was_written_and_another_slip_is_asked_about_again(send: Callable[..., Any]) -> None:
    page = BeautifulSoup(send(email="ann@gmil.com").content, "html.parser")
    asked = page.select_one("input[name=email_asked]")["value"]  # type: ignore[index]
    assert send(email="ann@gmali.com", email_asked=asked).status_code == 200
    assert send(email="ann@gmil.com", email_asked=asked).status_code == 302
    assert ConsultationRequest.objects.get().contact()["email"] == "ann@gmil.com"


@pytest.mark.parametrize("written", ["ann@localhost", "ann@[127.0.0.1]", "ann@-example-.org", "ann@", "ann"])
def test_where_no_mail_can_go_is_asked_again(send: Callable[..., Any], written: str) -> None:
    response = send(email=written)
    assert response.status_code == 200 and "field-error" in response.content.decode()
    assert send(email=written, email_asked=written).status_code == 200, "however often it is sent"


@pytest.mark.parametrize("written", ["\u200bann@example.org", "ann@example.org ", "ann@example.org\u200f", "ann@exam\u200eple.org"])
def test_invisible_signs_around_an_address_are_taken_out(send: Callable[..., Any], written: str) -> None:
    assert send(email=written).status_code == 302
    assert ConsultationRequest.objects.get().contact()["email"] == "ann@example.org"
