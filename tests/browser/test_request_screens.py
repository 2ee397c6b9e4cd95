"""The screens of a request, for its sender and for the front desk: accessible, silent, and used by keyboard."""

import io
import os
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.test_every_page import SCREENS, violations


def dot() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (30, 20), (160, 126, 86)).save(target, "PNG")
    return target.getvalue()


DOT = dot()
#: The other takes half a minute more.
SOME_SCREENS = [("desktop", "light"), *([("phone", "dark")] if os.environ.get("FULL") else [])]


@pytest.mark.parametrize(("screen", "scheme"), SOME_SCREENS)
def test_a_patients_own_pages(open_window: Callable[..., Watched], screen: str, scheme: str) -> None:
    window = open_window(viewport=SCREENS[screen], color_scheme=scheme, bypass_csp=True)
    problems = {}
    for name, page in patients_pages(window.page):
        if found := violations(page):
            problems[name] = found
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"], name
    assert not problems
    window.assert_clean()


def patients_pages(page: Page) -> Iterator[tuple[str, Page]]:
    """Every screen from sending to the deletion receipt."""
    page.goto("/consultation/")
    page.fill("#id_name", "Axel Example")
    page.fill("#id_email", "axel@example.org")
    page.set_input_files("#id_photos", [{"name": "a.png", "mimeType": "image/png", "buffer": DOT}])  # type: ignore[list-item]
    expect(page.locator(".photo-previews img")).to_have_count(1)
    yield "form with a photo", page
    page.check("#id_consent")
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator(".receipt-code")).to_be_visible()
    yield "confirmation", page
    code = page.locator(".receipt-code").inner_text()
    page.goto("/consultation/receipt/")
    page.fill("#id_code", "wrong")
    page.get_by_role("button", name="Show my request").click()
    expect(page.locator("#id_code_error")).to_be_visible()
    yield "wrong code", page
    page.fill("#id_code", code)
    page.get_by_role("button", name="Show my request").click()
    expect(page.locator("#id_text")).to_be_visible()
    yield "own request", page
    page.get_by_role("link", name="Withdraw the request").click()
    expect(page.get_by_role("button", name="Yes, withdraw and delete it")).to_be_visible()
    yield "withdraw", page
    page.get_by_role("button", name="Yes, withdraw and delete it").click()
    expect(page.locator("h1")).to_have_text("Your request has been deleted")
    yield "deletion receipt", page


def send_request(page: Page, name: str) -> None:
    page.goto("/consultation/")
    page.fill("#id_name", name)
    page.fill("#id_email", "someone@example.org")
    page.set_input_files("#id_photos", [{"name": "a.png", "mimeType": "image/png", "buffer": DOT}])  # type: ignore[list-item]
    page.check("#id_consent")
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator(".receipt-code")).to_be_visible()


@pytest.mark.parametrize(("screen", "scheme"), SOME_SCREENS)
def test_our_admin_pages_are_accessible_silent_and_alone(
    sign_in: Callable[..., Watched], open_window: Callable[..., Watched], screen: str, scheme: str
) -> None:
    send_request(open_window().page, f"Ida {screen} {scheme}")
    window = sign_in("frontdesk", viewport=SCREENS[screen], color_scheme=scheme)
    page, problems = window.page, {}
    screens = ["/admin/", "/admin/consultations/", "a request"]
    for name in screens if screen == "phone" else [*screens, "a sheet", "a question", "/admin/account/second-factor/"]:
        if name.startswith("/"):
            page.goto(name)
        elif name == "a request":
            page.locator("[data-inbox-row]").first.click()
        elif name == "a sheet":
            page.get_by_role("link", name="Sheet to print").click()
        else:
            page.goto("/admin/consultations/")
            page.locator("[name=id]").first.check()
            page.select_option("#inbox-action", "status-closed")
            page.get_by_role("button", name="Continue").click()
        page.wait_for_load_state("networkidle")
        if found := violations(page):
            problems[name] = found
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"], name
    assert not problems
    window.assert_clean()


def test_the_inbox_is_used_by_keyboard(sign_in: Callable[..., Watched], open_window: Callable[..., Watched]) -> None:
    for name in ("Kay First", "Kay Second"):
        send_request(open_window().page, name)
    page = sign_in("frontdesk").page
    page.goto("/admin/consultations/")
    # Another test's request may stand first, because it is to be read first.
    first = page.locator("[data-inbox-row]").first
    name = first.inner_text()
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.keyboard.press("u")
    page.wait_for_url("**/admin/consultations/")
    page.keyboard.press("/")
    expect(page.locator("#inbox-q")).to_be_focused()
    page.keyboard.type("u j /")
    assert page.input_value("#inbox-q") == "u j /"


def test_what_was_typed_outlives_the_idle_time_and_the_patients_words_do_not(
    sign_in: Callable[..., Watched], open_window: Callable[..., Watched]
) -> None:
    send_request(open_window().page, "Ida Idle")
    page = sign_in("frontdesk").page
    page.clock.install()
    page.goto("/admin/consultations/")
    page.get_by_role("link", name="Ida Idle").first.click()
    page.fill("#id_text", "Half a thought")
    page.clock.fast_forward("14:20")
    page.clock.run_for(10000)
    expect(page.locator(".idle-warning")).to_be_visible()
    page.clock.fast_forward("01:00")
    page.clock.run_for(10000)
    expect(page.get_by_role("heading", name="Hidden after 15 minutes")).to_be_visible()
    assert "Ida Idle" not in page.content() and page.locator("#id_text").is_hidden()
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Half a thought")).to_be_visible()


def test_the_access_record_and_the_settings(sign_in: Callable[..., Watched]) -> None:
    window = sign_in("admin")
    for path in ("/admin/consultations/record/?verify=yes", "/admin/settings/consultations/requestpolicy/"):
        window.page.goto(path)
        window.page.wait_for_load_state("networkidle")
        assert not [found for found in violations(window.page) if "w-" not in found], path
    window.assert_clean()


@pytest.mark.parametrize(("screen", "scheme"), SOME_SCREENS)
def test_other_admin_pages_of_ours_are_accessible_silent_and_alone(sign_in: Callable[..., Watched], screen: str, scheme: str) -> None:
    window = sign_in("admin", viewport=SCREENS[screen], color_scheme=scheme)
    problems = {}
    for path in ("/admin/search-misses/", "/admin/snippets/home/searchword/", "/admin/snippets/core/glossaryterm/", "/styleguide/"):
        window.page.goto(path)
        window.page.wait_for_load_state("networkidle")
        # Samples in the catalogue bring headings of the level they have on their pages.
        known = ("heading-order",) if path == "/styleguide/" else ()
        if found := [line for line in violations(window.page) if not (known and line.startswith(known))]:
            problems[path] = found
    assert not problems
    window.assert_clean()


@pytest.mark.parametrize("width", [320, 1440])
def test_words_of_any_length_push_nothing_out_of_sight(
    open_window: Callable[..., Watched], sign_in: Callable[..., Watched], width: int
) -> None:
    send_request(open_window().page, "N" * 80)
    desk = sign_in("frontdesk", viewport={"width": width, "height": 800}).page
    desk.goto("/admin/consultations/")
    name = desk.locator("th[scope=row]", has_text="NNNNN").first
    box = name.bounding_box()
    assert box and box["width"] < 700
    name.get_by_role("link").click()
    expect(desk.locator("[data-inbox-request]")).to_be_visible()
    inside = desk.locator("[data-inbox-request]")
    assert inside.evaluate("element => element.scrollWidth <= element.clientWidth")
