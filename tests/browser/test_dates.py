"""A date is said back in words before it is saved, and never replaced by today."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12/31/2026", "Thursday, December 31, 2026"),
        ("Dec 31, 2026", "Thursday, December 31, 2026"),
        ("31/12/2026", "We cannot read this date."),
    ],
)
def test_a_date_is_said_back_and_kept_as_typed(sign_in: Callable[..., Watched], typed: str, said: str) -> None:
    page = sign_in("editor").page
    page.goto("/admin/snippets/core/reference/add/")
    field = page.locator("#id_recheck_on")
    field.fill(typed)
    field.press("Tab")
    expect(page.locator("#id_recheck_on ~ .date-words")).to_contain_text(said)
    page.wait_for_timeout(300)
    expect(field).to_have_value(typed)
