"""The finder, the comparison and the slider by keyboard and without scripts; the review's own pages in the admin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Watched
from tests.browser.test_every_page import SOME_SCHEMES, violations


def test_the_finder_by_keyboard_alone(open_window: Callable[..., Watched]) -> None:
    window = open_window(viewport=PHONE)
    page = window.page
    page.goto("/treatments/finder/")
    page.locator("input[name=tone]").first.focus()
    for _step in range(7):
        page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=tone][value='8']")).to_be_checked()
    page.locator("input[name=scars][value=rolling]").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show what might suit me").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What may suit you")).to_be_visible()
    expect(page.get_by_text("Off-label for acne scars").first).to_be_visible()
    assert page.url.partition("#")[0].endswith("/treatments/finder/"), "no answer stands in the address"
    assert not page.context.cookies()
    page.locator(".finder-answer").get_by_role("link", name="Request a consultation").click()
    expect(page.locator("input[name=treatments][value='fraxel-dual-laser']")).to_be_checked()
    window.assert_clean()


def test_finder_and_comparison_without_scripts(open_window: Callable[..., Watched]) -> None:
    page = open_window(java_script_enabled=False, viewport=PHONE).page
    page.goto("/treatments/finder/")
    page.locator("input[name=scars][value='ice-pick']").check()
    page.get_by_role("button", name="Show what might suit me").click()
    expect(page.get_by_text("None of our own treatments is a good match for this now.")).to_be_visible()
    page.goto("/treatments/compare/")
    page.locator("input[name=t]").nth(0).check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Choose one more")).to_be_visible()
    expect(page.locator("input[name=t]").nth(0)).to_be_checked()
    page.locator("input[name=t]").nth(1).check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("table.compare")).to_be_visible()
    page.goto("/results/rolling-scars-laser/")
    assert page.locator(".before-after img").count() == 2
    expect(page.locator(".before-after-control")).to_be_hidden()


def test_the_slider_by_keyboard(open_window: Callable[..., Watched]) -> None:
    window = open_window(viewport=PHONE)
    page = window.page
    page.goto("/results/rolling-scars-laser/")
    slider = page.locator(".before-after-control input")
    slider.focus()
    page.keyboard.press("End")
    assert page.locator(".before-after").evaluate("element => getComputedStyle(element).getPropertyValue('--cut')") == "100%"
    page.keyboard.press("Home")
    assert page.locator(".before-after").evaluate("element => getComputedStyle(element).getPropertyValue('--cut')") == "0%"
    window.assert_clean()


@pytest.mark.parametrize("scheme", SOME_SCHEMES)
def test_the_finders_answer_is_accessible(open_window: Callable[..., Watched], scheme: str) -> None:
    page = open_window(viewport=PHONE, color_scheme=scheme, bypass_csp=True).page
    page.goto("/treatments/finder/")
    for name in ("rolling", "keloid"):
        page.locator(f"input[name=scars][value='{name}']").check()
    page.locator("input[name=tone][value='9']").check()
    page.locator("input[name=conditions][value=allergy]").check()
    page.get_by_role("button", name="Show what might suit me").click()
    expect(page.locator("#finder-answer")).to_be_visible()
    assert not violations(page)
    page.goto("/treatments/compare/?t=fraxel-dual-laser")
    assert not violations(page)


def test_a_treatment_prints_as_a_leaflet_of_one_sheet(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=DESKTOP).page
    for slug in ("fraxel-dual-laser", "juvederm-filler"):
        page.goto(f"/treatments/{slug}/")
        paper = page.pdf(format="Letter")
        assert paper.count(b"/Type /Page\n") == 1, slug


def test_aftercare_prints_as_one_sheet_from_a_phone_too(open_window: Callable[..., Watched]) -> None:
    page = open_window(viewport=PHONE).page
    for slug in ("fraxel-dual-laser", "chemical-peels", "juvederm-filler", "microdermabrasion", "skincare"):
        page.goto(f"/treatments/{slug}/aftercare/")
        assert page.pdf(format="Letter").count(b"/Type /Page\n") == 1, slug


def faults(page: Page) -> list[str]:
    """What axe-core finds, Wagtail's own list of nothing left out."""
    return [found for found in violations(page) if 'p > a[href$="new/"]' not in found]


def test_the_pages_of_the_review_are_accessible_and_silent(sign_in: Callable[..., Watched]) -> None:
    editor = sign_in("editor", bypass_csp=True)
    page = editor.page
    for path in ("/admin/facts/", "/admin/due/", "/admin/consents/", "/admin/consents/new/", "/admin/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert not faults(page), path
    page.goto("/blog/before-your-first-visit/")
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.fill("#id_lead", "Our painless laser erases every mark.")
    page.locator('[aria-label="Actions"], .w-dropdown__toggle').last.click()
    page.get_by_role("button", name="Submit to clinician review").click()
    page.wait_for_url("**/admin/pages/*/")
    editor.complaints = [line for line in editor.complaints if "axe.run results" not in line]
    editor.assert_clean()
    clinician = sign_in("clinician", bypass_csp=True)
    page = clinician.page
    page.goto("/admin/review/")
    assert not faults(page)
    page.get_by_role("link", name="Before your first visit").click()
    expect(page.get_by_text("blocks approval").first).to_be_visible()
    assert not faults(page)
    page.fill("[name=back-comment]", "Say what it feels like.")
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_text("went back to its author")).to_be_visible()
    clinician.assert_clean()


def test_words_are_marked_in_wagtails_own_checks(sign_in: Callable[..., Watched]) -> None:
    window = sign_in("editor")
    page = window.page
    page.goto("/blog/marks-that-fade/")
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.fill("#id_lead", "Our painless laser erases every mark.")
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.get_by_text("Without pain")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Making scars vanish")).to_be_visible()
