"""Short ways through the review, and fixtures for tests that publish medical pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from modelcluster.fields import ParentalKey

from accounts.roles import Role
from blog.models import ArticlePage
from core.models import Clinician, SiteImage
from review.approval_seal import seal
from review.content_hash import content_hash
from review.medical_pages import pages_without_approval
from review.models.approvals import Approval
from review.models.approving import approve_revision
from tests import pristine
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


def change_approval(pk: int | None, **changes: Any) -> None:
    """Another day or name in an approval, as if this site had stored it so."""
    Approval.objects.filter(pk=pk).update(**changes)
    approval = Approval.objects.get(pk=pk)
    Approval.objects.filter(pk=pk).update(seal=seal(approval))


MEDICAL = [TreatmentPage, ScarTypePage, ArticlePage, ResultPage]
Rows = dict[Any, Any]


def stored_rows(model: Any) -> Rows:
    """What the database holds of each live page of a type and of its own rows, by the page's id."""
    rows: Rows = {
        values[0]: [values] for values in model.objects.filter(live=True).values_list("pk", "approval__content_hash", *columns(model))
    }
    for relation in model._meta.related_objects:
        if isinstance(relation.field, ParentalKey):
            for values in relation.related_model.objects.order_by("pk").values_list(
                relation.field.attname, *columns(relation.related_model)
            ):
                rows.get(values[0], []).append(values)
    return rows


def columns(model: Any) -> list[str]:
    """Every column, as it is stored."""
    return [field.attname for field in model._meta.concrete_fields]


@pytest.fixture(scope="session")
def prepared_rows(django_db_setup: None, django_db_blocker: Any) -> dict[Any, Rows]:
    """The same of the prepared clinic, all of which is approved."""
    with django_db_blocker.unblock():
        assert pages_without_approval(MEDICAL) == []
        return {SiteImage: dict(SiteImage.objects.values_list("pk", "file_hash")), **{model: stored_rows(model) for model in MEDICAL}}


@pytest.fixture(autouse=True)
def nothing_unapproved_at_the_end(db: None, prepared_rows: dict[Any, Rows]) -> Iterator[None]:
    """Whatever a test here tries, it ends with nothing unapproved in front of readers: every live medical page is live by an approval of
    its very content. Only what differs from the prepared clinic is hashed again."""
    yield
    if pristine.store.is_pristine:
        return
    same_images = dict(SiteImage.objects.values_list("pk", "file_hash")) == prepared_rows[SiteImage]
    for model in MEDICAL:
        rows = stored_rows(model)
        changed = [pk for pk, row in rows.items() if not same_images or prepared_rows[model].get(pk) != row]
        for page in model.objects.filter(pk__in=changed).select_related("approval"):
            assert page.approval is not None and page.approval.content_hash == content_hash(page), page


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
