"""What a screen reader is told: names, order and headings, and nothing twice."""

import itertools
import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Watched

NODE = re.compile(r"""^ *- '?(?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<rest>.*)$""")
NAMED = {"link", "button", "textbox", "checkbox", "radio", "combobox", "slider", "heading", "img", "navigation", "region", "group"}


def open_form_with_errors(page: Page) -> None:
    page.goto("/consultation/")
    page.fill("#id_email", "nonsense")
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator("#error-summary")).to_be_focused()


def open_answer(page: Page) -> None:
    page.goto("/treatments/finder/")
    page.locator("input[name=tone][value='8']").check()
    page.locator("input[name=scars][value=rolling]").check()
    page.get_by_role("button", name="Show what might suit me").click()
    expect(page.locator("#finder-answer")).to_be_focused()


SCREENS: dict[str, Callable[[Page], object]] = {
    "home": lambda page: page.goto("/"),
    "treatment": lambda page: page.goto("/treatments/fraxel-dual-laser/"),
    "form with errors": open_form_with_errors,
    "finder's answer": open_answer,
    "comparison": lambda page: page.goto("/treatments/compare/?t=fraxel-dual-laser&t=chemical-peels"),
    "aftercare": lambda page: page.goto("/treatments/juvederm-filler/aftercare/"),
    "prices": lambda page: page.goto("/prices/"),
}


def nodes_of(page: Page) -> list[tuple[str, str, str]]:
    """Role, name and the rest of every node, in the order in which they are read."""
    lines = page.locator("body").aria_snapshot().splitlines()
    return [(found["role"], found["name"] or "", found["rest"]) for line in lines if (found := NODE.match(line))]


@pytest.fixture
def phone(open_window: Callable[..., Watched]) -> Page:
    return open_window(viewport=PHONE).page


@pytest.mark.parametrize("screen", SCREENS)
def test_everything_has_a_name_and_headings_are_in_order(phone: Page, screen: str) -> None:
    SCREENS[screen](phone)
    nodes = nodes_of(phone)
    assert [node for node in nodes if node[0] in NAMED and not node[1] and ":" not in node[2]] == []
    levels = [int(found[1]) for role, _name, rest in nodes if role == "heading" and (found := re.search(r"level=(\d)", rest))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []
    roles = Counter(role for role, _name, _rest in nodes)
    assert roles["banner"] == roles["main"] == roles["contentinfo"] == 1


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_said_twice(phone: Page, screen: str) -> None:
    SCREENS[screen](phone)
    nodes = nodes_of(phone)
    said = [(role, name or rest.strip(" :")) for role, name, rest in nodes if name or rest.strip(" :")]
    twice = [one for one, next_one in itertools.pairwise(said) if one == next_one]
    assert twice == []
    assert len([role for role, _name, _rest in nodes if role in ("alert", "status")]) <= 1


def test_errors_come_before_the_form_and_lead_to_their_fields(phone: Page) -> None:
    open_form_with_errors(phone)
    links = phone.locator("#error-summary a[href^='#']")
    assert links.count() >= 2
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href")
        assert phone.locator(str(target)).count() == 1
    described = phone.locator("#id_email").get_attribute("aria-describedby") or ""
    assert "id_email_error" in described
    assert phone.locator("#id_email").get_attribute("aria-invalid") == "true"
    tree = phone.locator("main").aria_snapshot()
    assert tree.index("Please check these answers") < tree.index("Patient's name") < tree.index("What happens next")
