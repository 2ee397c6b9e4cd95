"""A clinician, an article, and the question that every test of the gate ends with."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile

from blog.models import ArticlePage
from images.models import PhotoConsent
from review.medical_pages import pages_without_approval
from tests.review.cases import case, days, photo
from tests.reviewing import a_clinician, publish_approved
from treatments.models import ResultPage, ScarTypePage, TreatmentPage

MEDICAL = [TreatmentPage, ScarTypePage, ArticlePage, ResultPage]


def nothing_unapproved() -> None:
    """Every live medical page is live by an approval of its very content."""
    assert pages_without_approval(MEDICAL) == []


@pytest.fixture(autouse=True)
def held() -> Iterator[None]:
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


@pytest.fixture
def consent() -> PhotoConsent:
    form = ContentFile(b"%PDF-1.4 signed", "signed.pdf")
    return PhotoConsent.objects.create(code="P-2026-014", scope="website", given_on=days(-10), document=form)


@pytest.fixture
def live_case(consent: PhotoConsent) -> ResultPage:
    return publish_approved(case(photo("cheek-one", consent), photo("cheek-two", consent)))
