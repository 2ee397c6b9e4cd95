"""Menu, glossary and colors in browsers of the last five years: features that they lack are taken away from this one."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Watched

pytestmark = pytest.mark.skipif(not os.environ.get("FULL"), reason="takes features away from a browser: set FULL=1")
#: Words for what older browsers do not know, and what they become here: attributes without meaning, and values that do not parse.
UNKNOWN = {"popover": "xpopover", "light-dark(": "xlight-dark(", "anchor-name": "x-anchor-name"}
NEW_RANGES = ("(width <", "(width >", "(height <", "(height >")


@pytest.fixture
def old_phone(open_window: Callable[..., Watched]) -> Iterator[Callable[..., Page]]:
    pages: list[Page] = []

    def open_old(path: str, **options: object) -> Page:
        page = open_window(**{"viewport": PHONE, **options}).page
        pages.append(page)
        page.add_init_script("delete HTMLElement.prototype.popover")

        def age(route: Route) -> None:
            answer = route.fetch()
            kind = answer.headers.get("content-type", "")
            if not any(text in kind for text in ("html", "css", "javascript")):
                return route.fulfill(response=answer)
            body = answer.text()
            if "css" in kind:
                assert not [one for one in NEW_RANGES if one in body], "Safari knows ranges in media queries only since 16.4"
            for known, unknown in UNKNOWN.items():
                body = body.replace(known, unknown)
            return route.fulfill(response=answer, body=body)

        page.route("**/*", age)
        page.goto(path, wait_until="networkidle")
        return page

    yield open_old
    for page in pages:
        # What a page still asks for while it closes is answered to nobody.
        page.unroute_all(behavior="ignoreErrors")


def luminance(page: Page, of: str) -> float:
    color = page.evaluate(f"getComputedStyle(document.body).{of}")
    red, green, blue = (int(part) for part in color[color.index("(") + 1 : -1].split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("scheme", "paper_is_light"), [("light", True), ("dark", False)])
def test_colors_are_there_in_both_schemes(old_phone: Callable[..., Page], scheme: str, paper_is_light: bool) -> None:
    page = old_phone("/treatments/fraxel-dual-laser/", color_scheme=scheme)
    paper, ink = luminance(page, "backgroundColor"), luminance(page, "color")
    assert (paper > 200 and ink < 60) if paper_is_light else (paper < 60 and ink > 200)


def test_the_menu_opens_and_closes_and_covers_nothing_before(old_phone: Callable[..., Page]) -> None:
    page = old_phone("/")
    menu = page.locator("#menu")
    expect(menu).to_be_hidden()
    button = page.get_by_role("button", name="Menu", exact=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(menu.get_by_role("link", name="Treatments")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.get_by_role("button", name="Close the menu").click()
    expect(menu).to_be_hidden()
    button.click()
    menu.get_by_role("link", name="Treatments").click()
    expect(page.locator("h1")).to_contain_text("Treatments")


def test_without_scripts_the_menu_stands_below_the_header(old_phone: Callable[..., Page]) -> None:
    page = old_phone("/", java_script_enabled=False)
    menu, main = page.locator("#menu").bounding_box(), page.locator("#main").bounding_box()
    assert menu and main and menu["y"] + menu["height"] <= main["y"] + 1
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_term_is_explained_when_it_is_pressed(old_phone: Callable[..., Page], scripts: bool) -> None:
    page = old_phone("/scars/rolling/", java_script_enabled=scripts)
    term = page.locator("button.term").first
    meaning = page.locator(".term-meaning").first
    expect(meaning).to_be_hidden()
    term.click()
    expect(meaning).to_be_visible()
    if scripts:
        page.locator("h1").click()
        expect(meaning).to_be_hidden()


def test_nothing_covers_the_page_on_a_desktop(old_phone: Callable[..., Page]) -> None:
    page = old_phone("/", viewport={"width": 1440, "height": 900})
    menu, heading = page.locator("#menu").bounding_box(), page.locator("h1").bounding_box()
    assert menu and heading and menu["y"] + menu["height"] < heading["y"]
    expect(page.get_by_role("link", name="Treatments").first).to_be_visible()
