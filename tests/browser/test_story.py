"""The whole story: an editor writes, a clinician approves, a patient writes without JavaScript, the front desk answers."""

import io
import time
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.running import RunningSite

WORDS = "Quokkawords"


def picture() -> dict[str, object]:
    target = io.BytesIO()
    Image.new("RGB", (900, 600), (160, 126, 86)).save(target, "JPEG", comment=WORDS.encode())
    return {"name": f"{WORDS}.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def write(page: Page, field: str, text: str) -> None:
    """Types into a rich text field."""
    page.locator(f'[data-contentpath="{field}"] [role=textbox]').first.click()
    page.keyboard.type(text)


def add_block(page: Page, name: str) -> None:
    """Adds a block at the end of the body."""
    page.locator('[data-contentpath="body"] button[title="Insert a block"]').last.click()
    page.get_by_role("option", name=name, exact=True).click()


def editor_writes(window: Watched) -> str:
    """Writes a treatment with blocks and a picture, previews it, submits it for review; returns the address it will have."""
    page = window.page
    page.goto("/treatments/")
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Add a child page").click()
    page.fill("#id_title", "Needling with radio waves")
    page.fill("#id_summary", "Fine needles carry gentle heat below the surface.")
    page.select_option("#id_drawing", "laser")
    write(page, "what_it_is", "Fine needles carry heat into the dermis.")
    add_block(page, "Heading")
    page.locator('[data-contentpath="body"] input[type=text]').last.fill("How the needles work")
    add_block(page, "Text")
    page.locator('[data-contentpath="body"] [role=textbox]').last.click()
    page.keyboard.type("The skin answers with new collagen over some weeks.")
    add_block(page, "Picture")
    page.locator('[data-contentpath="body"]').get_by_role("button", name="Choose an image").click()
    page.wait_for_timeout(500)  # the dialogue slides in, and its tabs work once it stands
    page.get_by_role("tab", name="Upload").click()
    page.set_input_files("input[name=image-chooser-upload-file]", [picture()])  # type: ignore[list-item]
    page.fill("input[name=image-chooser-upload-title]", "Needle tips")
    page.locator(".modal form").get_by_role("button", name="Upload").click()
    alternative = page.locator('[data-contentpath="body"] input[name$="alt_text"]')
    expect(alternative).to_be_visible()
    expect(page.locator('[data-contentpath="body"] input[type=hidden][name$="-image"]').last).not_to_have_value("")
    alternative.fill("A row of fine needles")

    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("created.")).to_be_visible()
    page.wait_for_url("**/edit/**")
    preview = page.context.new_page()
    preview.goto(page.url.split("?")[0].rstrip("/").removesuffix("/edit") + "/view_draft/")
    expect(preview.locator("h1")).to_have_text("Needling with radio waves")
    expect(preview.locator("img[alt='A row of fine needles']")).to_be_visible()
    preview.close()

    page.locator('[aria-label="Actions"], .w-dropdown__toggle').last.click()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.get_by_role("button", name="Submit to clinician review").click()
    page.wait_for_url("**/admin/pages/*/", timeout=30_000)
    return "/treatments/needling-with-radio-waves/"


def clinician_approves(window: Watched) -> None:
    """Reads what was submitted, and approves exactly that."""
    page = window.page
    page.goto("/admin/review/")
    page.get_by_role("link", name="Needling with radio waves").click()
    expect(page.get_by_text("The skin answers with new collagen").first).to_be_visible()
    expect(page.get_by_text("Nothing to change was found.")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("is approved, and readers see it.")).to_be_visible()


def patient_finds(page: Page, address: str) -> None:
    """The new page stands wherever it fits."""
    page.goto("/treatments/")
    expect(page.get_by_role("link", name="Needling with radio waves")).to_be_visible()
    page.goto("/search/?q=needling")
    expect(page.locator("ol[data-search-results] a").first).to_have_attribute("href", address)
    assert address in page.request.get("/sitemap.xml").text()


def patient_sends(page: Page, address: str) -> tuple[str, str]:
    """Reads the treatment, opens the form from it, sends it; returns the reference and the receipt code."""
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Needling with radio waves")
    page.get_by_role("link", name="Ask about this treatment").click()
    expect(page.get_by_label("Needling with radio waves")).to_be_checked()
    page.fill("#id_name", f"{WORDS} Person")
    page.fill("#id_email", f"{WORDS}@example.org")
    page.fill("#id_message", f"My {WORDS} are mine.")
    page.set_input_files("#id_photos", [picture()])  # type: ignore[list-item]
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator(".error-summary a").first).to_contain_text("so we can read")
    assert page.input_value("#id_message") == f"My {WORDS} are mine."
    page.set_input_files("#id_photos", [picture()])  # type: ignore[list-item]
    page.check("#id_consent")
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator("h1")).to_contain_text("request has arrived")
    return page.locator(".reference strong").inner_text(), page.locator(".receipt-code strong").inner_text()


def patient_comes_back(page: Page, code: str) -> None:
    """Sees how far the clinic is, adds a message, and takes everything back."""
    page.goto("/consultation/receipt/")
    page.fill("#id_code", code.lower())
    page.get_by_role("button", name="Show my request").click()
    expect(page.get_by_text("We've written or called.")).to_be_visible()
    page.fill("#id_text", "My Wombatwords come later.")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("1, the last one")).to_be_visible()


def patient_withdraws(page: Page) -> None:
    page.get_by_role("link", name="Withdraw the request").click()
    page.get_by_role("button", name="Yes, withdraw and delete it").click()
    expect(page.locator("h1")).to_have_text("Your request has been deleted")
    expect(page.locator(".reference strong")).to_contain_text("D-")


def front_desk_answers(page: Page, reference: str) -> None:
    """Opens the request and marks it contacted."""
    page.get_by_role("link", name="Requests").first.click()
    expect(page.get_by_text(reference)).to_be_visible()
    page.get_by_role("link", name=f"{WORDS} Person").click()
    expect(page.get_by_text(f"My {WORDS} are mine.")).to_be_visible()
    expect(page.locator(".request-photos img")).to_have_js_property("complete", True)
    assert page.locator(".request-photos img").evaluate("image => image.naturalWidth") == 900
    page.select_option("#status", "contacted")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("is now: Contacted")).to_be_visible()
    page.select_option("#id_kind", "call")
    page.fill("#id_text", "Heard their Numbatwords.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Heard their Numbatwords.")).to_be_visible()


def front_desk_finds(page: Page, reference: str) -> None:
    """Searches by name and reads what the patient added."""
    page.goto("/admin/consultations/")
    page.fill("#inbox-q", WORDS)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Showing requests that match")).to_be_visible()
    assert WORDS.lower() not in page.url.lower()
    expect(page.get_by_text("wrote again")).to_be_visible()
    page.get_by_role("link", name=f"{WORDS} Person").click()
    expect(page.get_by_text("My Wombatwords come later.")).to_be_visible()


def front_desk_exports(page: Page) -> None:
    """Both ways, each after being asked."""
    for choice, extension in (("csv", "csv"), ("archive", "sealed")):
        page.goto("/admin/consultations/")
        page.locator("[name=id]").first.check()
        page.select_option("#inbox-action", choice)
        page.get_by_role("button", name="Continue").click()
        with page.expect_download() as download:
            page.locator("button[name=confirmed]").click()
        assert download.value.suggested_filename.endswith(f".{extension}")


def test_the_whole_story(sign_in: Callable[..., Watched], open_window: Callable[..., Watched], running_site: RunningSite) -> None:
    editor = sign_in("editor")
    address = editor_writes(editor)
    assert editor.page.request.get(address).status == 404
    clinician = sign_in("clinician")
    clinician_approves(clinician)
    patient = open_window(java_script_enabled=False, viewport={"width": 390, "height": 844})
    patient_finds(patient.page, address)
    reference, code = patient_sends(patient.page, address)
    desk = sign_in("frontdesk")
    front_desk_answers(desk.page, reference)
    patient_comes_back(patient.page, code)
    front_desk_finds(desk.page, reference)
    front_desk_exports(desk.page)
    for window in (editor, clinician, patient, desk):
        window.assert_clean()

    mails = running_site.folder / "mail"
    deadline = time.monotonic() + 15
    while len(list(mails.glob("*"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert len(list(mails.glob("*"))) >= 3, "the front desk was told twice, the patient once"
    written = running_site.everything_written()
    assert len(written) > 100_000
    # The editor's picture carries the word in its file name, which the library may keep; nothing else may.
    for words in (b"are mine", b"Wombatwords", b"Numbatwords", code.encode(), code.replace("-", "").encode()):
        assert words not in written
    assert f"{WORDS} Person".encode() not in written
    assert f"{WORDS}@example.org".lower().encode() not in written.lower()
    patient_withdraws(patient.page)
    desk.page.goto("/admin/consultations/")
    expect(desk.page.get_by_text(reference)).to_have_count(0)
