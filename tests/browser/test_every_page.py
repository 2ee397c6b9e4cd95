"""Every public page: accessible, silent, and with no request to anybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.addresses import EVERY
from tests.browser.conftest import DESKTOP, PHONE, Watched

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "preload": False}
SCREENS = {"narrow": {"width": 320, "height": 640}, "phone": PHONE, "desktop": DESKTOP}


def violations(page: Any) -> list[str]:
    """What axe-core finds, a line each. Its own inline styles need a window that bypasses the content security policy."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("screen", SCREENS)
def test_public_pages_are_silent_alone_and_no_wider_than_the_screen(open_window: Callable[..., Watched], screen: str) -> None:
    window = open_window(viewport=SCREENS[screen])
    too_wide = {}
    for path in [*EVERY, "/nothing/"]:
        window.page.goto(path)
        width = window.page.evaluate("document.documentElement.scrollWidth")
        if width > SCREENS[screen]["width"]:
            too_wide[path] = width
    assert not too_wide
    window.complaints = [line for line in window.complaints if "404" not in line]
    window.assert_clean()


@pytest.mark.parametrize(("screen", "scheme"), [("phone", "light"), ("desktop", "dark")])
def test_public_pages_are_accessible(open_window: Callable[..., Watched], screen: str, scheme: str) -> None:
    window = open_window(viewport=SCREENS[screen], color_scheme=scheme, bypass_csp=True)
    problems = {}
    for path in [*EVERY, "/nothing/"]:
        window.page.goto(path)
        if found := violations(window.page):
            problems[path] = found
    assert not problems


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_with_mistakes_and_with_an_urgent_sign(open_window: Callable[..., Watched], scheme: str) -> None:
    window = open_window(viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    page = window.page
    page.goto("/consultation/")
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert not violations(page)
    page.locator("input[name=urgent]").first.check()
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator("#act-now")).to_be_focused()
    assert not violations(page)


def test_the_menu_opens_by_keyboard_on_a_phone(open_window: Callable[..., Watched]) -> None:
    window = open_window(viewport=PHONE)
    page = window.page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Treatments")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()


def test_the_editor_is_silent_and_alone(sign_in: Callable[..., Watched]) -> None:
    window = sign_in("editor")
    for path in ("/admin/pages/", "/admin/images/", "/admin/snippets/core/reference/", "/treatments/fraxel-dual-laser/"):
        window.page.goto(path)
        window.page.wait_for_load_state("networkidle")
    window.assert_clean()
