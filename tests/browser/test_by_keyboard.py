"""The journeys of a patient with a keyboard alone: search, words explained, comparison and form."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Watched


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_search_with_suggestions(open_window: Callable[..., Watched]) -> None:
    window = open_window(viewport=DESKTOP)
    page = window.page
    page.goto("/search/")
    tab_to(page, "#search-field")
    page.keyboard.type("ice p", delay=40)
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    field = page.locator("#search-field")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    expect(field).to_have_value("ice p")
    page.keyboard.type("i", delay=40)
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/scars/ice-pick/")
    window.assert_clean()


def test_search_without_scripts(open_window: Callable[..., Watched]) -> None:
    page = open_window(java_script_enabled=False).page
    page.goto("/search/")
    page.fill("#search-field", "juvaderm")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("[data-search-results] a").first).to_have_text("Juvederm filler")


def test_a_word_is_explained(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=DESKTOP).page
    page.goto("/treatments/fraxel-dual-laser/")
    tab_to(page, "button.term")
    target = page.evaluate("document.activeElement.getAttribute('popovertarget')")
    meaning = page.locator(f"#{target}")
    expect(meaning).to_be_hidden()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_choosing_and_comparing(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=DESKTOP).page
    page.goto("/treatments/compare/")
    tab_to(page, "input[name=t]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("table.compare")).to_be_visible()
    tab_to(page, ".table-frame, .table-frame a")
    assert "t=" in page.url, "the choice stands in the address"


def test_sending_a_request(open_window: Callable[..., Watched]) -> None:
    window = open_window(viewport=DESKTOP)
    page = window.page
    page.goto("/consultation/")
    tab_to(page, "#id_name")
    page.keyboard.type("Kay Board")
    tab_to(page, "#id_email")
    page.keyboard.type("kay@example.org")
    tab_to(page, "#id_message")
    page.keyboard.type("Dents on both cheeks.")
    tab_to(page, "input[name=consent]")
    page.keyboard.press("Space")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/consultation/sent/")
    window.assert_clean()
