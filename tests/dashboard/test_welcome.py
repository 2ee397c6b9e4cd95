"""The admin's home page greets everybody with what needs them, and offers only what they may begin."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.roles import Role
from blog.models import ArticlePage
from core.models import Clinician

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def panel(client: Client) -> Any:
    found = BeautifulSoup(client.get("/admin/").content, "html.parser").select_one(".today-panel")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.EDITOR, {"Write an article", "Change a treatment fact", "Add a before-and-after case", "View the public site"}),
        (Role.FRONT_DESK, {"View the public site"}),
    ],
)
def test_only_what_a_role_may_begin_is_offered(as_role: Callable[..., Client], role: Role, offered: set[str]) -> None:
    client = as_role(role)
    found = panel(client)
    assert "Good to see you" in found.get_text()
    assert {link.get_text().strip() for link in found.select(".today-shortcuts a")} == offered
    for link in found.select("a"):
        assert client.get(link["href"]).status_code == 200, link["href"]


def test_a_clinician_and_an_editor_see_the_same_page_wait(as_role: Callable[..., Client], make_user: Callable[..., Any]) -> None:
    editor = as_role(Role.EDITOR)
    clinician = Client()
    doctor = make_user(Role.CLINICIAN, "doctor")
    Clinician.objects.filter(slug="imani-vale").update(user=doctor)
    clinician.force_login(get_user_model().objects.get(pk=doctor.pk))
    assert "No page waits for your review." in panel(clinician).get_text()
    page = ArticlePage.objects.get(slug="marks-that-fade")
    page.summary = "Another summary, to be read by a clinician before anybody else reads it."
    page.save_revision()
    page.get_workflow().start(page, get_user_model().objects.get(username="editor"))
    assert "1 page waits for your review" in " ".join(panel(clinician).get_text().split())
    assert "1 page of yours is with a clinician" in " ".join(panel(editor).get_text().split())
    page.refresh_from_db()
    page.current_workflow_task_state.reject(user=doctor, comment="Say more.")
    assert "1 page came back to you with comments" in " ".join(panel(editor).get_text().split())
