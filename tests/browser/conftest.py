"""The running site, as `make run` starts it, and a browser that reports what it should not do."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests import prepared
from tests.browser.running import RunningSite, start_site
from tests.run import CHROMIUM as BROWSERS

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
#: They store and read; all other files here judge what a page looks like, which no database changes.
JOURNEYS = ("test_story", "test_sign_in", "test_two_sides")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
#: Milliseconds: a busy machine is slow, and slow is not wrong.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file share one running site, so they run in one process, one after the other."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")
            if item.path.stem not in JOURNEYS:
                item.add_marker("once")
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def scratch_database() -> Iterator[str]:
    """A prepared PostgreSQL database beside the tests' own, where they run on PostgreSQL."""
    with prepared.scratch_database(f"alluraderm_browser_{os.getpid()}") as database:
        yield database


@pytest.fixture(scope="session")
def running_site(scratch_database: str) -> Iterator[RunningSite]:
    """`manage.py run_demo` on a free port, stopped at the end."""
    with start_site(scratch_database, prepared.prepare(prepared.postgresql())) as site:
        yield site


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    )
    yield browser
    browser.close()


@dataclass
class Watched:
    """A browser window, and what it complained about or asked of strangers."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def assert_clean(self) -> None:
        assert not self.complaints
        assert not self.strangers


@pytest.fixture
def open_window(chromium: Browser, running_site: RunningSite) -> Iterator[Callable[..., Watched]]:
    """Opens a watched window; every window is closed at the end of the test."""
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Watched:
        context = chromium.new_context(**{"base_url": running_site.base, "viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watched = Watched(context.new_page())
        context.on("request", lambda request: note_request(request.url, watched))
        watched.page.on("console", lambda message: note_message(message, watched))
        watched.page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
        return watched

    def note_request(url: str, watched: Watched) -> None:
        own = (running_site.base, running_site.base.replace("127.0.0.1", "localhost"))
        if not url.startswith((*own, "data:", "blob:", "about:")):
            watched.strangers.append(url)

    def note_message(message: Any, watched: Watched) -> None:
        # Wagtail's own accessibility checker reports what it found here.
        if message.type in ("error", "warning") and "axe.run results" not in message.text:
            watched.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(open_window: Callable[..., Watched], running_site: RunningSite) -> Callable[..., Watched]:
    """A window in which somebody of that role has signed in."""

    def signed_in(role: str, **options: Any) -> Watched:
        window = open_window(**options)
        username, password = running_site.accounts[role]
        window.page.goto("/admin/")
        window.page.fill("#id_username", username)
        window.page.fill("#id_password", password)
        window.page.click("button[type=submit]")
        window.page.wait_for_url("**/admin/")
        return window

    return signed_in
