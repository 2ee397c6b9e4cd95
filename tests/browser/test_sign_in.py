"""Passkeys in a real browser, with an authenticator that exists in software only."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.running import RunningSite


def add_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})


def test_a_passkey_is_set_up_and_then_signs_in_alone(open_window: Callable[..., Watched], running_site: RunningSite) -> None:
    base = running_site.base.replace("127.0.0.1", "localhost")
    username, password = "passkey-person", "a long test password"
    running_site.add_administrator(username, password)
    window = open_window(base_url=base)
    page = window.page
    add_authenticator(page)
    page.goto("/admin/account/second-factor/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/second-factor/")
    page.get_by_role("link", name="Add", exact=True).click()
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="Confirm").click()
    page.fill("#id_name", "Phone")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    expect(page.get_by_text("Recovery Codes").first).to_be_visible()
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/admin/")
    expect(page.get_by_text(username).first).to_be_visible()
    # A password alone is asked for the passkey now.
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/authenticate/")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/admin/")


def test_a_passkey_that_cannot_work_says_why(open_window: Callable[..., Watched], running_site: RunningSite) -> None:
    page = open_window().page
    page.goto("/admin/login/")
    page.click("#passkey_login")
    note = page.get_by_role("alert").filter(has_text="an address with a name")
    expect(note).to_be_visible()
    expect(note.get_by_role("link")).to_have_attribute("href", running_site.base.replace("127.0.0.1", "localhost") + "/admin/login/")
