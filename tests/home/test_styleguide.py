"""The catalogue shows every block, and to staff only."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.roles import Role
from core.blocks.block_list import picked_blocks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [*Role, None])
def test_staff_see_every_block_and_drawing(as_role: Callable[..., Client], role: Role | None) -> None:
    page = BeautifulSoup(as_role(role).get("/styleguide/").content, "html.parser")
    assert len(page.select(".styleguide-block")) == len(picked_blocks()) > 20
    assert len(page.select("svg.skin")) > 20
    assert page.select_one('meta[name="robots"][content="noindex"]')


def test_nobody_else_does(client: Client, settings: Any, as_role: Callable[..., Client]) -> None:
    assert client.get("/styleguide/").status_code == 404
    staff = as_role(Role.EDITOR)
    settings.SITE_ROLE = "public"
    assert staff.get("/styleguide/").status_code == 404
