"""Pictures of every kind of page, on a phone and a desktop, light and dark: `make screenshots` writes them to `var/screenshots/`.

Names of pages to take can be given as arguments; without them all are taken.
"""

import base64
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, DESKTOP, PHONE
from tests.browser.running import PROJECT, RunningSite, start_site

FOLDER = PROJECT / "var" / "screenshots"
SCREENS = {"phone": PHONE, "desktop": DESKTOP}
SCHEMES = ("light", "dark")


def send_empty(page: Page) -> None:
    page.get_by_role("button", name="Send the request").click()


def say_urgent(page: Page) -> None:
    page.locator("input[name=urgent]").first.check()
    send_empty(page)


def ask_finder(page: Page) -> None:
    page.locator("input[name=tone][value='8']").check()
    page.locator("input[name=scars][value=rolling]").check()
    page.get_by_role("button", name="Show what might suit me").click()


def send_request(page: Page) -> None:
    page.fill("#id_name", "A. Patient")
    page.fill("#id_email", "patient@example.org")
    page.fill("#id_message", "Dents on both cheeks for ten years.")
    page.locator("input[name=concerns]").first.check()
    page.locator("input[name=consent]").check()
    send_empty(page)
    page.locator(".receipt-code").wait_for()


def come_back(page: Page) -> None:
    send_request(page)
    code = page.locator(".receipt-code strong").inner_text()
    page.goto("/consultation/receipt/")
    page.fill("#id_code", code)
    page.get_by_role("button", name="Show my request").click()


def open_request(page: Page) -> None:
    page.locator("[data-inbox-row]").first.click()


def type_search(page: Page) -> None:
    page.locator("#search-field").press_sequentially("scar")
    page.locator("#suggestions li").first.wait_for()


Step = Callable[[Page], None] | None
PUBLIC: dict[str, tuple[str, Step]] = {
    "home": ("/", None),
    "treatments": ("/treatments/", None),
    "treatment": ("/treatments/fraxel-dual-laser/", None),
    "compare-choose": ("/treatments/compare/", None),
    "compare": ("/treatments/compare/?t=fraxel-dual-laser&t=chemical-peels&t=skincare", None),
    "finder": ("/treatments/finder/", None),
    "finder-answer": ("/treatments/finder/", ask_finder),
    "scars": ("/scars/", None),
    "scar": ("/scars/rolling/", None),
    "results": ("/results/", None),
    "result": ("/results/rolling-scars-laser/", None),
    "articles": ("/blog/", None),
    "article": ("/blog/how-acne-scars-form/", None),
    "topic": ("/blog/topic/understanding-scars/", None),
    "feed": ("/blog/feed/", None),
    "team": ("/team/", None),
    "clinician": ("/team/imani-vale/", None),
    "standard": ("/privacy/", None),
    "search": ("/search/?q=ice+pick", None),
    "search-typing": ("/search/", type_search),
    "search-nothing": ("/search/?q=zzzz", None),
    "form": ("/consultation/", None),
    "form-mistakes": ("/consultation/", send_empty),
    "form-urgent": ("/consultation/", say_urgent),
    "form-sent": ("/consultation/", send_request),
    "form-receipt": ("/consultation/receipt/", None),
    "form-own": ("/consultation/", come_back),
    "not-found": ("/nothing/", None),
}
#: What each role of the clinic looks at.
STAFF: dict[str, dict[str, tuple[str, Step]]] = {
    "frontdesk": {
        "admin-home-front-desk": ("/admin/", None),
        "admin-inbox": ("/admin/consultations/", None),
        "admin-request": ("/admin/consultations/", open_request),
    },
    "clinician": {
        "admin-home-clinician": ("/admin/", None),
        "admin-review": ("/admin/review/", None),
    },
    "admin": {
        "admin-home": ("/admin/", None),
        "admin-pages": ("/admin/pages/", None),
        "admin-due": ("/admin/due/", None),
        "admin-facts": ("/admin/facts/", None),
        "admin-consents": ("/admin/consents/", None),
        "admin-search-words": ("/admin/snippets/home/searchword/", None),
        "admin-misses": ("/admin/search-misses/", None),
        "styleguide": ("/styleguide/", None),
    },
}


def windows(browser: Browser, site: RunningSite) -> Iterator[tuple[str, Page]]:
    for screen, size in SCREENS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                base_url=site.base, viewport=size, color_scheme=scheme, device_scale_factor=1, reduced_motion="reduce"
            )
            yield f"{screen}-{scheme}", context.new_page()
            context.close()


def whole(page: Page) -> dict[str, Any]:
    """The whole page as a clip, however long it is."""
    size = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")["cssContentSize"]
    return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}


#: Pictures further down come when somebody scrolls to them, and nobody does.
SHOW_PICTURES = """async () => {
  const pictures = [...document.images];
  pictures.forEach((picture) => { picture.loading = "eager"; });
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => null)));
}"""


def take(page: Page, name: str) -> None:
    if "/feed/" not in page.url:
        page.evaluate(SHOW_PICTURES)
    # Asked of Chromium itself, because Playwright takes no picture of a feed.
    answer = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png", **whole(page)}
    )
    (FOLDER / f"{name}.png").write_bytes(base64.b64decode(answer["data"]))
    sys.stdout.write(f"{name}\n")


def sign_in(page: Page, username: str, password: str) -> None:
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)

    def is_wanted(name: str) -> bool:
        return not wanted or name in wanted

    with start_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for window, page in windows(browser, site):
            for name, (path, step) in PUBLIC.items():
                if is_wanted(name):
                    page.goto(path)
                    if step:
                        step(page)
                        page.wait_for_load_state("networkidle")
                    take(page, f"{name}-{window}")
            for role, screens in STAFF.items():
                if not any(map(is_wanted, (*screens, "admin-sign-in"))):
                    continue
                page.context.clear_cookies()
                page.goto("/admin/")
                if role == "admin" and is_wanted("admin-sign-in"):
                    take(page, f"admin-sign-in-{window}")
                sign_in(page, *site.accounts[role])
                for name, (path, step) in screens.items():
                    if is_wanted(name):
                        page.goto(path)
                        if step:
                            step(page)
                        page.wait_for_load_state("networkidle")
                        page.wait_for_timeout(500)  # the sidebar slides into its place
                        take(page, f"{name}-{window}")
        browser.close()
    sys.stdout.write(f"written to {FOLDER.relative_to(Path.cwd()) if FOLDER.is_relative_to(Path.cwd()) else FOLDER}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
