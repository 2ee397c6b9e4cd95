"""The main job through the shape of production: a patient at one host name, the front desk at another, with a second factor."""

import re
import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests import prepared
from tests.accounts.test_account_mail import SECRET, code
from tests.browser.conftest import CHROMIUM, DESKTOP, PATIENCE, PHONE
from tests.system.two_sides import NEEDED, PUBLIC_HOST, STAFF_HOST, TwoSides, two_sides

pytestmark = [
    pytest.mark.skipif(not prepared.postgresql(), reason="needs PostgreSQL, so TEST_DATABASE_URL"),
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}"),
]
PUBLIC, STAFF = f"https://{PUBLIC_HOST}", f"https://{STAFF_HOST}"
WORDS, PASSWORD = "Bilbyword", "a long test password"
MAKE_DESK = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user = get_user_model().objects.create_user("desk", "desk@clinic.example", {PASSWORD!r})
user.groups.add(Group.objects.get(name="Front desk"))
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
Authenticator.objects.create(user=user, type="totp", data={{"secret": get_adapter().encrypt({SECRET!r})}})
"""


@pytest.fixture(scope="module")
def sides() -> Iterator[TwoSides]:
    with two_sides() as running:
        running.manage("staff", "shell", "-v0", "-c", MAKE_DESK)
        yield running


@pytest.fixture
def browser_at_both(playwright: Playwright, sides: TwoSides) -> Iterator[Browser]:
    """A browser for which both names lead to nginx."""
    rules = ",".join(f"MAP {host}:443 127.0.0.1:{sides.ports['nginx']}" for host in (PUBLIC_HOST, STAFF_HOST))
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--host-resolver-rules={rules}"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()


def window(browser: Browser, **options: object) -> Page:
    context = browser.new_context(ignore_https_errors=True, **options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def patient_sends(page: Page) -> str:
    """Without scripts; returns the receipt code."""
    page.goto(f"{PUBLIC}/consultation/")
    page.fill("#id_name", "Robin Sample")
    page.fill("#id_email", "robin@example.org")
    page.fill("#id_message", f"{WORDS} for two years")
    page.check("#id_consent")
    time.sleep(2.1)  # faster, it would look like a machine
    page.locator("form.request button[type=submit], main form button[type=submit]").last.click()
    page.wait_for_url("**/consultation/sent/")
    found = re.search(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}", page.locator("main").inner_text())
    assert found
    return found[0]


def desk_answers(page: Page) -> None:
    """With password and code; reads, writes a note, changes the state, signs out."""
    page.goto(f"{STAFF}/")
    page.fill("#id_username", "desk")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/second-factor/authenticate/**")
    page.fill("input[name=code]", code())
    page.locator("form:has(input[name=code]) button[type=submit]").first.click()
    page.wait_for_url("**/admin/")
    page.goto(f"{STAFF}/admin/consultations/")
    page.get_by_role("link", name="Robin Sample").click()
    expect(page.get_by_text(f"{WORDS} for two years")).to_be_visible()
    page.fill("textarea[name=text]", "Phoned, will come on Monday")
    page.locator("form:has(textarea[name=text]) button[type=submit]").click()
    expect(page.get_by_text("Phoned, will come on Monday")).to_be_visible()
    page.select_option("select[name=status]", "contacted")
    page.locator("form:has(select[name=status]) button[type=submit]").first.click()
    expect(page.get_by_text("is now: Contacted").first).to_be_visible()


def test_a_request_goes_through_both_sides(browser_at_both: Browser, sides: TwoSides) -> None:
    receipt = patient_sends(window(browser_at_both, viewport=PHONE, java_script_enabled=False))
    complaints: list[str] = []
    desk = window(browser_at_both, viewport=DESKTOP)
    desk.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    desk.on("request", lambda request: complaints.append(request.url) if not request.url.startswith((STAFF, "data:", "blob:")) else None)
    desk_answers(desk)
    assert not complaints, "nothing of the staff's comes from the public name"
    patient = window(browser_at_both, viewport=PHONE)
    patient.goto(f"{PUBLIC}/consultation/receipt/")
    patient.fill("#id_code", receipt)
    patient.locator("main form button[type=submit]").first.click()
    expect(patient.get_by_text("We've written or called.")).to_be_visible()
    assert patient.goto(f"{PUBLIC}/admin/").status == 404  # type: ignore[union-attr]
    # The mails left by the worker, and hold nothing that the patient wrote.
    mails = list((sides.folder / "var" / "private" / "mail").glob("*.eml"))
    assert mails and not [mail for mail in mails if WORDS in mail.read_text()]
