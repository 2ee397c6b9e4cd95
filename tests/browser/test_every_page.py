"""Every public page: accessible, silent, and with no request to anybody else."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.addresses import EVERY
from tests.browser.conftest import DESKTOP, PHONE, Watched

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "preload": False,
    "resultTypes": ["violations"],
}
SCREENS = {
    "narrow": {"width": 320, "height": 640},
    "phone": PHONE,
    "tablet": {"width": 768, "height": 1024},
    "desktop": DESKTOP,
    "wide": {"width": 1920, "height": 1080},
}
#: The others take minutes more.
SOME_SCREENS = SCREENS if os.environ.get("FULL") else ("narrow", "desktop")
SOME_PAGES = EVERY if os.environ.get("FULL") else list(EVERY)[::2]
SOME_SCHEMES = ("light", "dark") if os.environ.get("FULL") else ("dark",)


#: A line that breaks elsewhere once the font has come; a tenth of what anybody calls a shift.
MIN_SHIFT = 0.01
#: How far things moved by themselves while the page loaded.
LAYOUT_SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum), 0));
})"""
#: WCAG 1.4.12: whoever needs more space between lines, words and letters gets it.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
#: Text that is cut off: more of it than its box shows.
CUT = """() => [...document.querySelectorAll("main *")].filter((element) => {
  const style = getComputedStyle(element);
  return style.overflow === "hidden" && style.clipPath === "none" && element.clientHeight > 1
    && element.textContent.trim() && !["SVG", "svg"].includes(element.tagName) && element.scrollHeight > element.clientHeight + 2;
}).map((element) => element.className || element.tagName)"""


def violations(page: Any) -> list[str]:
    """What axe-core finds, a line each. Its own inline styles need a window that bypasses the content security policy."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("screen", SOME_SCREENS)
def test_public_pages_are_silent_alone_and_no_wider_than_the_screen(open_window: Callable[..., Watched], screen: str) -> None:
    window = open_window(viewport=SCREENS[screen])
    too_wide, shifting = {}, {}
    for path in [*EVERY, "/nothing/"]:
        window.page.goto(path)
        width = window.page.evaluate("document.documentElement.scrollWidth")
        if width > SCREENS[screen]["width"]:
            too_wide[path] = width
        if (shift := window.page.evaluate(LAYOUT_SHIFT)) >= MIN_SHIFT:
            shifting[path] = shift
    assert not too_wide
    assert not shifting
    window.complaints = [line for line in window.complaints if "404" not in line]
    window.assert_clean()


#: The others take minutes more.
SCREENS_AND_SCHEMES = [
    ("phone", "dark"),
    *([("phone", "light"), ("desktop", "dark"), ("desktop", "light")] if os.environ.get("FULL") else []),
]


@pytest.mark.parametrize(("screen", "scheme"), SCREENS_AND_SCHEMES)
def test_public_pages_are_accessible(open_window: Callable[..., Watched], screen: str, scheme: str) -> None:
    window = open_window(viewport=SCREENS[screen], color_scheme=scheme, bypass_csp=True)
    problems = {}
    for path in [*EVERY, "/nothing/"]:
        window.page.goto(path)
        if found := violations(window.page):
            problems[path] = found
    assert not problems


@pytest.mark.parametrize("scheme", SOME_SCHEMES)
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


def test_with_more_space_between_letters_and_lines_nothing_is_lost(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=PHONE, bypass_csp=True).page
    lost = {}
    for path in SOME_PAGES:
        page.goto(path)
        page.add_style_tag(content=SPACED)
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"] or page.evaluate(CUT):
            lost[path] = page.evaluate(CUT)
    assert not lost


def test_high_contrast_keeps_buttons_and_drawings(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=PHONE, forced_colors="active").page
    page.goto("/consultation/")
    edge = page.get_by_role("button", name="Send the request").evaluate("element => getComputedStyle(element).borderTopStyle")
    assert edge == "solid", "a button without its colour still has an edge"
    page.goto("/treatments/finder/")
    assert (
        page.locator(".tone-choice[data-tone='9']").evaluate("element => getComputedStyle(element, '::after').backgroundColor")
        == "rgb(58, 49, 42)"
    ), "tones of skin keep their colours"


def test_nothing_moves_for_those_who_asked_for_stillness(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=PHONE, reduced_motion="reduce").page
    moving = """() => [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return parseFloat(style.animationDuration) > 0.01 || parseFloat(style.transitionDuration) > 0.01;
    }).length"""
    for path in ("/", "/treatments/fraxel-dual-laser/", "/results/rolling-scars-laser/"):
        page.goto(path)
        assert page.evaluate(moving) == 0


def test_what_can_be_touched_is_large_enough(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=PHONE).page
    # Links within a sentence are as large as their line.
    small = """() => [...document.querySelectorAll(
      "button:not(.term), input:not([type=hidden]), select, summary, .button, nav a"
    )].filter((element) => {
      const target = element.closest("label") ?? element;
      const { width, height } = target.getBoundingClientRect();
      const hidden = !element.checkVisibility() || width < 2;
      return !hidden && (width < 24 || height < 24);
    }).map((element) => element.outerHTML.slice(0, 90))"""
    for path in ("/", "/treatments/finder/", "/consultation/", "/search/?q=laser", "/results/"):
        page.goto(path)
        assert page.evaluate(small) == []
