"""What patients come for, on a phone, with scripts and without: each task by taps alone, from the home page or a shared link."""

import io
import os
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Watched
from tests.browser.test_request_screens import DOT

#: Each with scripts and without. Those that take seconds run one of the two ways, unless FULL is set.
PHONES = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
LONG = pytest.mark.parametrize("scripts", [True, False] if os.environ.get("FULL") else [False])
NARROW = {"width": 320, "height": 640}
KEEP_TREATMENTS = """(slugs) => {
  for (const box of document.querySelectorAll("[name=treatments]")) if (!slugs.includes(box.value)) box.closest("label").remove();
}"""
SAMPLE_TREATMENTS = ["fraxel-dual-laser", "chemical-peels", "microdermabrasion", "skincare", "juvederm-filler", "not-sure"]


@pytest.fixture
def phone(open_window: Callable[..., Watched]) -> Callable[..., Page]:
    def open_phone(path: str = "/", scripts: bool = True, **options: object) -> Page:
        window = open_window(**{"viewport": PHONE, "has_touch": True, "java_script_enabled": scripts, **options})
        window.page.goto(path)
        return window.page

    return open_phone


def noise(side: int) -> bytes:
    target = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(target, "JPEG", quality=90)
    return target.getvalue()


def fill_in(page: Page, **fields: str) -> None:
    page.fill("#id_name", fields.get("name", "P. Honer"))
    page.fill("#id_email", fields.get("email", "phone@example.org"))
    page.fill("#id_message", fields.get("message", "Dents on both cheeks."))
    page.check("#id_consent")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send the request").click()


@PHONES
def test_which_scar_is_it_and_what_may_help(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/", scripts)
    page.get_by_role("link", name="Find your scar type").click()
    page.locator(".drawing-cards a", has_text="Rolling scars").click()
    answer = page.locator(".scar-answer")
    expect(answer).to_contain_text("Fraxel DUAL re:store laser")
    assert answer.bounding_box()["y"] < PHONE["height"], "the answer stands on the first screen"  # type: ignore[index]
    assert answer.bounding_box()["y"] < page.locator(".page-drawing").bounding_box()["y"]  # type: ignore[index]
    expect(page.locator(".lamp-stills svg" if not scripts else ".lamp-live").first).to_be_visible()


def test_the_lamp_turns_by_keyboard_and_the_tone_is_chosen(phone: Callable[..., Page]) -> None:
    page = phone("/scars/rolling/")
    lamp = page.get_by_role("slider", name="Turn the lamp")
    lamp.focus()
    page.keyboard.press("End")
    expect(lamp).to_have_attribute("aria-valuetext", "from the right, 100%")
    live = page.locator(".lamp-live")
    assert live.evaluate("element => element.style.getPropertyValue('--from-right')") == "1"
    page.get_by_role("radio", name="Monk 2").check()
    assert live.evaluate("element => getComputedStyle(element).getPropertyValue('--epidermis')").strip() == "#f3e7db"
    page.goto("/scars/boxcar/")
    expect(page.get_by_role("radio", name="Monk 2")).to_be_checked()
    expect(page.locator(".lamp-live")).to_have_attribute("data-tone", "2")


@PHONES
def test_what_may_suit_me(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/", scripts)
    if scripts:
        page.get_by_role("button", name="Menu").click()
        page.locator("#menu").get_by_role("link", name="Which suits me?").click()
    else:
        page.goto("/treatments/finder/")
    page.locator("input[name=tone][value='8']").check()
    page.locator("input[name=scars][value=rolling]").check()
    page.get_by_role("button", name="Show what might suit me").click()
    expect(page.locator("#finder-answer")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Fraxel DUAL re:store laser")


@LONG
def test_two_treatments_side_by_side_on_the_narrowest_phone(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/treatments/compare/", scripts, viewport=NARROW)
    for slug in ("fraxel-dual-laser", "chemical-peels"):
        page.locator(f"input[value={slug}]").check()
    page.get_by_role("button", name="Compare").click()
    rows = page.locator(".compare tbody tr")
    expect(rows.nth(0)).to_contain_text("$2,700 to $7,000 in all")
    expect(rows.nth(1)).to_contain_text("3 to 7 days")
    for number in range(rows.count()):
        names = rows.nth(number).locator(".compare-name")
        assert [names.nth(at).inner_text() for at in (0, 1)] == ["Fraxel DUAL re:store laser", "Chemical peels"]
    assert page.evaluate("document.documentElement.scrollWidth" if scripts else "320") == 320
    words = rows.locator("th, td > *")
    broken = [words.nth(at).inner_text() for at in range(words.count()) if words.nth(at).bounding_box()["width"] > 290]  # type: ignore[index]
    assert [text for text in broken if len(text.split()) == 1 and len(text) > 30] == []


@PHONES
def test_cost_days_and_risk_of_a_treatment_stand_on_its_first_screen(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/treatments/fraxel-dual-laser/", scripts)
    facts = page.locator(".headline-facts")
    for words in ("Whole course", "$2,700 to $7,000", "3 to 7 days", "Some"):
        expect(facts).to_contain_text(words)
    box = facts.bounding_box()
    assert box and box["y"] + box["height"] < PHONE["height"]


@LONG
def test_a_request_with_a_photo_and_its_receipt(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/", scripts)
    page.get_by_role("link", name="Request", exact=False).first.click()
    fill_in(page)
    page.set_input_files("#id_photos", [{"name": "a.png", "mimeType": "image/png", "buffer": DOT}])  # type: ignore[list-item]
    send(page)
    receipt = page.locator(".receipt")
    expect(receipt).to_contain_text("1 photo")
    expect(receipt).to_contain_text(re.compile(r"By \w+day, \w+ \d+"))
    expect(page.get_by_role("button", name="Copy")).to_have_count(1 if scripts else 0)
    code = page.locator(".receipt-code").inner_text()
    page.goto("/consultation/receipt/")
    page.fill("#id_code", code)
    page.get_by_role("button", name="Show my request").click()
    page.fill("#id_text", "One more thing: I moved.")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Your message was sent.")).to_be_visible()
    page.get_by_role("link", name="Withdraw the request").click()
    page.get_by_role("button", name="Yes, withdraw and delete it").click()
    expect(page.locator("h1")).to_have_text("Your request has been deleted")


@LONG
def test_what_is_dangerous_is_stopped_and_has_one_way_on(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/consultation/", scripts)
    fill_in(page, message="pus and fever after my peel")
    send(page)
    help_now = page.locator("#act-now")
    if scripts:
        expect(help_now).to_be_focused()
        expect(help_now).to_be_in_viewport()
    expect(help_now.get_by_role("link", name="(202) 555-0123")).to_have_attribute("href", "tel:+12025550123")
    expect(page.locator("#id_message")).to_have_value("pus and fever after my peel")
    page.get_by_role("button", name="This is not happening now").click()
    expect(page.locator(".receipt-code")).to_be_visible()


def test_mistakes_are_mended_in_place_and_back_works(phone: Callable[..., Page]) -> None:
    page = phone("/scars/rolling/")
    page.goto("/consultation/")
    page.fill("#id_message", "Kept through it all.")
    page.set_input_files("#id_photos", [{"name": "a.png", "mimeType": "image/png", "buffer": DOT}])  # type: ignore[list-item]
    send(page)
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("Please check:")
    expect(page.locator("#id_message")).to_have_value("Kept through it all.")
    expect(page.locator(".photo-previews img")).to_have_count(1)
    expect(page.get_by_text("Photos must be chosen again")).to_have_count(0)
    page.get_by_role("link", name="Home", exact=True).click()
    page.wait_for_url("**/")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Request a consultation")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Rolling scars")


def test_without_a_connection_nothing_typed_is_lost(phone: Callable[..., Page]) -> None:
    page = phone("/consultation/")
    fill_in(page)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text("There is no connection")).to_be_visible()
    page.context.set_offline(False)
    send(page)
    expect(page.locator(".receipt-code")).to_be_visible()


@LONG
def test_somebody_under_18_reads_what_to_do(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/consultation/", scripts)
    expect(page.locator("#id_guardian_name")).to_be_hidden()
    page.get_by_label("Someone under 18").check()
    expect(page.locator("#id_guardian_name")).to_be_visible()
    fill_in(page)
    send(page)
    expect(page.locator("#id_guardian_name_error")).to_contain_text("parent or guardian")
    page.fill("#id_guardian_name", "A. Parent")
    send(page)
    expect(page.locator(".receipt-code")).to_be_visible()


@PHONES
def test_whom_to_call_is_two_taps_away_from_any_page(phone: Callable[..., Page], scripts: bool) -> None:
    page = phone("/blog/how-acne-scars-form/", scripts)
    expect(page.locator(".header-phone")).to_have_attribute("href", "tel:+12025550123")
    page.get_by_role("contentinfo").get_by_role("link", name="After hours, emergencies").click()
    expect(page.locator("main").get_by_role("link", name="911").first).to_have_attribute("href", "tel:911")


def test_the_menu_has_the_number_and_closes_by_its_own_button(phone: Callable[..., Page]) -> None:
    page = phone("/")
    page.get_by_role("button", name="Menu").click()
    menu = page.locator("#menu")
    expect(menu.get_by_role("link", name="Call (202) 555-0123")).to_be_visible()
    menu.get_by_role("button", name="Close the menu").click()
    expect(menu).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/prices/", "What the first visit costs"),
        ("/your-visit/", "no steps"),
        ("/your-photos/", "separate consent"),
        ("/languages/", "interpreter"),
        ("/under-18/", "parent or legal guardian"),
        ("/team/imani-vale/", "Skin tones"),
        ("/treatments/juvederm-filler/aftercare/", "Not normal"),
    ],
)
def test_pages_that_patients_look_for_are_linked_in_the_footer_or_beside_their_treatment(
    phone: Callable[..., Page], path: str, words: str
) -> None:
    page = phone("/treatments/juvederm-filler/" if "aftercare" in path else "/")
    if path.startswith("/team/"):
        page.get_by_role("link", name="Who treats you").click()
        page.get_by_role("link", name="Imani Vale").first.click()
    else:
        page.locator(f'a[href$="{path}"]:visible').first.click()
    expect(page.locator("main")).to_contain_text(words)


def test_the_form_and_the_footer_are_short(phone: Callable[..., Page]) -> None:
    page = phone("/consultation/")
    # A journey in the same run may have published a treatment more, which this form then offers.
    page.evaluate(KEEP_TREATMENTS, SAMPLE_TREATMENTS)
    assert page.locator("[name=treatments]").count() == len(SAMPLE_TREATMENTS)
    assert page.evaluate("document.documentElement.scrollHeight") < 4600
    assert page.locator(".site-footer").bounding_box()["height"] < 750  # type: ignore[index]


def test_photos_are_collected_one_after_the_other_and_each_can_be_taken_back(phone: Callable[..., Page]) -> None:
    page = phone("/consultation/")
    expect(page.get_by_role("button", name="Take a photo now")).to_be_visible()
    for number in range(4):
        page.set_input_files("#id_photos", [{"name": f"{number}.png", "mimeType": "image/png", "buffer": DOT}])  # type: ignore[list-item]
        expect(page.locator(".photo-previews li")).to_have_count(min(number + 1, 3))
    expect(page.get_by_text("Only the first three are sent.")).to_be_visible()
    page.get_by_role("button", name="Remove: 1. 0.png").click()
    expect(page.locator(".photo-previews li")).to_have_count(2)
    fill_in(page)
    send(page)
    expect(page.locator(".receipt")).to_contain_text("2 photos")


def test_large_photos_are_made_smaller_before_they_are_sent(phone: Callable[..., Page]) -> None:
    page = phone("/consultation/")
    page.set_input_files("#id_photos", [{"name": "big.jpg", "mimeType": "image/jpeg", "buffer": noise(3200)}])  # type: ignore[list-item]
    expect(page.locator(".photo-previews img")).to_have_count(1)
    size = "async () => { const map = await createImageBitmap(document.querySelector('#id_photos').files[0]); return map.width; }"
    assert page.evaluate(size) == 2400
