"""Short ways through the review, and fixtures for tests that publish medical pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from accounts.roles import Role
from blog.models import ArticlePage
from core.models import Clinician
from review.medical_pages import pages_without_approval
from review.models.approving import approve_revision
from treatments.models import ResultPage, ScarTypePage, TreatmentPage


def a_clinician(username: str = "reviewer") -> Any:
    """A member of staff who may approve, linked to one of the sample clinic's people."""
    users = get_user_model()
    if found := users.objects.filter(username=username).first():
        return found
    user = users.objects.create_user(username, f"{username}@alluraderm.example", "a long test password")
    user.groups.add(Group.objects.get(name=Role.CLINICIAN.value))
    Clinician.objects.filter(pk=Clinician.objects.filter(user=None).order_by("pk").values("pk")[:1]).update(user=user)
    return user


def publish_approved(page: Any, **terms: Any) -> Any:
    """Save what is in memory as a revision, have it approved and publish it. Returns the page as it is stored."""
    revision = page.save_revision()
    approve_revision(revision, a_clinician(), **{"override_reason": "a test", **terms})
    revision.publish()
    return type(page).objects.get(pk=page.pk)


def add_approved(parent: Any, page: Any) -> Any:
    """A new page below a parent, approved and live."""
    page.live = False
    parent.add_child(instance=page)
    return publish_approved(page)


MEDICAL = [TreatmentPage, ScarTypePage, ArticlePage, ResultPage]


def nothing_unapproved() -> None:
    """Every live medical page is live by an approval of its very content."""
    assert pages_without_approval(MEDICAL) == []


@pytest.fixture(autouse=True)
def nothing_unapproved_at_the_end() -> Iterator[None]:
    """Whatever a test here tries, it ends with nothing unapproved in front of readers."""
    yield
    nothing_unapproved()


@pytest.fixture
def article(db: None) -> ArticlePage:
    return ArticlePage.objects.get(slug="how-acne-scars-form")


@pytest.fixture
def clinician(db: None) -> Any:
    return a_clinician()


@pytest.fixture
def form_of() -> Any:
    """The fields of a page's editor as a browser would send them."""

    def read(html: bytes) -> dict[str, Any]:
        soup = BeautifulSoup(html, "html.parser")
        form = soup.select_one("form[data-edit-form], form#page-edit-form")
        assert form is not None
        data: dict[str, Any] = {}
        for field in form.select("input[name], textarea[name], select[name]"):
            name, kind = str(field["name"]), field.get("type", "")
            if (kind in ("checkbox", "radio") and not field.has_attr("checked")) or kind == "file" or "__prefix__" in name:
                continue
            if field.name == "textarea":
                data.setdefault(name, []).append(field.get_text().removeprefix("\n"))
            elif field.name == "select":
                chosen = field.select("option[selected]") or ([] if field.has_attr("multiple") else field.select("option")[:1])
                data.setdefault(name, []).extend(str(option.get("value", "")) for option in chosen)
            else:
                data.setdefault(name, []).append(str(field.get("value", "on" if kind == "checkbox" else "")))
        # Bodies are drawn by the editor's script; a page with empty ones will do.
        bodies = {f"{name}-count": "0" for name in ("body", "references", "faqs")}
        return {**bodies, **{name: values for name, values in data.items() if not name.startswith("action-")}}

    return read
