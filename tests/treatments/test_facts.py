"""One source of facts: what is changed once changes everywhere, and nothing keeps the old value."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from accounts.roles import Role
from tests.addresses import EVERY
from tests.reviewing import a_clinician, publish_approved
from treatments.choices import Condition, Fit
from treatments.models import ScarFit, ScarTypePage, TreatmentCaution, TreatmentPage

pytestmark = pytest.mark.django_db

COMPARISON = "/treatments/compare/?t=fraxel-dual-laser&t=juvederm-filler"


@pytest.fixture
def laser() -> TreatmentPage:
    return TreatmentPage.objects.get(slug="fraxel-dual-laser")


def everything(client: Client) -> dict[str, str]:
    """The text of every page that readers can find, the finder's answer and the structured data included."""
    addresses = {*EVERY, COMPARISON, *(page.url for page in Page.objects.live().filter(depth__gt=1))}
    pages = {address: client.get(address).content.decode() for address in addresses}
    answers = {"tone": "8", "scars": ["rolling", "boxcar"], "conditions": [Condition.TAN, Condition.ALLERGY]}
    pages["the finder's answer"] = client.post("/treatments/finder/", answers).content.decode()
    return {address: " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split()) for address, html in pages.items()}


def change_fit(page: TreatmentPage) -> None:
    fits = list(page.scar_fits.all())
    for fit in fits:
        if fit.scar_type.slug == "rolling":
            fit.note = "A wholly new note on rolling scars."
    page.scar_fits = fits


def change_caution(page: TreatmentPage) -> None:
    cautions = list(page.cautions.all())
    for caution in cautions:
        if caution.condition == Condition.TAN:
            caution.note = "A wholly new note on tanned skin."
    page.cautions = cautions


CHANGES: dict[str, tuple[Callable[[TreatmentPage], Any], str, str, set[str]]] = {
    "sessions": (
        lambda page: setattr(page, "sessions_max", 9), "3 to 5 sessions", "3 to 9 sessions", {"/treatments/fraxel-dual-laser/", COMPARISON}
    ),
    "spacing": (
        lambda page: setattr(page, "weeks_between_max", 11), "4 to 6 weeks apart", "4 to 11 weeks apart",
        {"/treatments/fraxel-dual-laser/", COMPARISON},
    ),
    "downtime": (
        lambda page: setattr(page, "downtime", "About nine quiet days"), "Swelling for a few days, and redness mostly gone within a week",
        "About nine quiet days", {"/treatments/fraxel-dual-laser/", COMPARISON},
    ),
    "pigment": (
        lambda page: setattr(page, "pigment_note", "A wholly new note on pigment."), "with lightening cream before and after. Tell us",
        "A wholly new note on pigment.", {"/treatments/fraxel-dual-laser/", COMPARISON, "the finder's answer"},
    ),
    "price": (
        lambda page: setattr(page, "price_from", 777), "$900", "$777", {"/treatments/fraxel-dual-laser/", COMPARISON},
    ),
    "fit": (
        change_fit, "A usual option. Bands that hold the scar down", "A wholly new note on rolling scars.",
        {"/treatments/fraxel-dual-laser/", "/scars/rolling/", "the finder's answer"},
    ),
    "caution": (
        change_caution, "A tan raises the risk of dark marks.", "A wholly new note on tanned skin.",
        {"/treatments/fraxel-dual-laser/", "the finder's answer"},
    ),
}  # fmt: skip


def test_a_fact_changed_once_changes_everywhere(client: Client, laser: TreatmentPage) -> None:
    # Another treatment's caution reads the same; its own pages would keep it.
    TreatmentPage.objects.get(slug="chemical-peels").unpublish()
    before = everything(client)
    for change, _old, _new, _places in CHANGES.values():
        change(laser)
    publish_approved(laser)
    after = everything(client)
    for fact, (_change, old, new, places) in CHANGES.items():
        showed_old = {address for address, text in before.items() if old in text}
        assert places <= showed_old, fact
        assert {address for address, text in after.items() if old in text} == set(), fact
        assert showed_old <= {address for address, text in after.items() if new in text}, fact


def test_a_fit_changes_what_helps_on_the_scars_own_page(client: Client, laser: TreatmentPage) -> None:
    """From “can help” to “not suitable”: the page moves it, the finder's verdict turns, the structured data drops it."""
    fits = list(laser.scar_fits.all())
    for fit in fits:
        if fit.scar_type.slug == "rolling":
            fit.fit = Fit.NOT_SUITABLE
    laser.scar_fits = fits
    publish_approved(laser)
    soup = BeautifulSoup(client.get("/scars/rolling/").content, "html.parser")
    section = soup.select_one('section[aria-labelledby="does-not-help"]')
    assert section is not None
    assert "Fraxel" in section.get_text()
    data = soup.select_one('script[type="application/ld+json"]')
    assert data is not None
    treatments = data.get_text().split('"possibleTreatment":')[1].split("]")[0]
    assert "Fraxel" not in treatments


# The finder


@pytest.mark.parametrize(
    "data", [{"tone": "11"}, {"tone": "x"}, {"scars": ["nothing"]}, {"conditions": ["'; DROP"]}, {"scars": ["a"] * 500}]
)
def test_bad_answers_are_explained(client: Client, data: dict[str, Any]) -> None:
    answer = client.post("/treatments/finder/", data)
    assert answer.status_code == 200
    assert "could not be read" in answer.content.decode()


def test_the_finder_stores_nothing(client: Client) -> None:
    answer = client.post("/treatments/finder/", {"tone": "8", "conditions": ["pregnancy"]})
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert "pregnancy" not in next(link for link in answer.content.decode().split("href=") if "/consultation/" in link)
    assert Client(enforce_csrf_checks=True).post("/treatments/finder/", {"tone": "8"}).status_code == 200


# The comparison


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("t=fraxel-dual-laser", "Choose one more"),
        ("t=nothing&t=chemical-peels", "is not on our list any more"),
        ("t=fraxel-dual-laser&t=chemical-peels&t=microdermabrasion&t=skincare&t=juvederm-filler", "Choose four at most"),
        ("t=", "is not on our list any more"),
        ("t=%00", ""),
    ],
)
def test_a_comparison_that_cannot_be_shown_is_explained(client: Client, query: str, words: str) -> None:
    answer = client.get(f"/treatments/compare/?{query}")
    assert answer.status_code in (200, 400)
    assert words in answer.content.decode()


def test_finder_and_comparison_vanish_with_their_overview(client: Client) -> None:
    Page.objects.get(url_path__endswith="/treatments/").unpublish()
    assert client.get("/treatments/finder/").status_code == 404
    assert client.get("/treatments/compare/").status_code == 404


@pytest.mark.parametrize("slug", ["finder", "compare"])
def test_no_treatment_takes_their_addresses(laser: TreatmentPage, slug: str) -> None:
    laser.slug = slug
    with pytest.raises(ValidationError, match=r"Choose another|already in use"):
        laser.full_clean()


# The table in the admin


def form_of(client: Client) -> dict[str, str]:
    soup = BeautifulSoup(client.get(reverse("facts:index")).content, "html.parser")
    data = {}
    for field in soup.select("form input[type=hidden], form select, form textarea"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[str(field["name"])] = str(chosen["value"]) if chosen else ""
        else:
            data[str(field["name"])] = str(field.get("value", "")) if field.name == "input" else field.get_text().strip("\n")
    return {name: value for name, value in data.items() if "-" in name or name == "csrfmiddlewaretoken"}


def cell(page: TreatmentPage, scar: str) -> str:
    return f"{page.pk}-{ScarTypePage.objects.get(slug=scar).pk}"


def test_the_table_makes_drafts_that_a_clinician_approves(as_role: Callable[..., Client], laser: TreatmentPage) -> None:
    client = as_role(Role.EDITOR)
    data = form_of(client)
    assert client.post(reverse("facts:index"), data, follow=True).content.decode().count("Nothing was changed") == 1
    data[f"fit-{cell(laser, 'rolling')}"] = Fit.POOR_FIT
    data[f"note-{cell(laser, 'rolling')}"] = "From the table."
    answer = client.post(reverse("facts:index"), {**data, "submit": "yes"}, follow=True)
    assert "1 treatment has a new draft" in answer.content.decode()
    assert ScarFit.objects.get(treatment=laser, scar_type__slug="rolling").fit == Fit.HELPS, "readers see the old until it is approved"
    laser.refresh_from_db()
    state = laser.current_workflow_task_state
    assert state is not None
    assert "In review" in client.get(reverse("facts:index")).content.decode()
    state.approve(user=a_clinician(), override_reason="The text follows.")
    fit = ScarFit.objects.get(treatment=laser, scar_type__slug="rolling")
    assert (fit.fit, fit.note) == (Fit.POOR_FIT, "From the table.")
    assert fit.references, "what the table does not show is kept"


def test_bad_cells_are_explained_where_they_stand(as_role: Callable[..., Client], laser: TreatmentPage) -> None:
    client = as_role(Role.EDITOR)
    name = cell(laser, "keloid")
    data = {**form_of(client), f"fit-{name}": "miracle", f"note-{name}": "kept words"}
    text = client.post(reverse("facts:index"), data).content.decode()
    assert "Choose one of the list." in text
    assert "kept words" in text
    text = client.post(reverse("facts:index"), {**form_of(client), f"fit-{name}": "", f"note-{name}": "x"}).content.decode()
    assert "A note needs a judgement" in text
    text = client.post(reverse("facts:index"), {**form_of(client), f"note-{name}": "x" * 201}).content.decode()
    assert "At most 200 characters." in text


def test_two_people_do_not_overwrite_each_other(as_role: Callable[..., Client], laser: TreatmentPage) -> None:
    client = as_role(Role.EDITOR)
    data = form_of(client)
    other = laser.get_latest_revision_as_object()
    other.title = "Somebody else's title"
    other.save_revision()
    data[f"fit-{cell(laser, 'rolling')}"] = Fit.POOR_FIT
    assert "Somebody changed this treatment" in client.post(reverse("facts:index"), data).content.decode()
    laser.refresh_from_db()
    assert laser.get_latest_revision_as_object().title == "Somebody else's title"


@pytest.mark.parametrize(
    ("role", "allowed"), [(Role.EDITOR, True), (Role.CLINICIAN, True), (Role.SITE_MANAGER, True), (Role.FRONT_DESK, False)]
)
def test_who_edits_facts(as_role: Callable[..., Client], role: Role, allowed: bool) -> None:
    assert (as_role(role).get(reverse("facts:index")).status_code == 200) == allowed


def test_cautions_come_most_severe_first(laser: TreatmentPage) -> None:
    laser.cautions = [TreatmentCaution(condition="tan", severity="ask"), TreatmentCaution(condition="keloid", severity="never")]
    assert [caution.severity for caution in laser.all_cautions] == ["never", "ask"]
