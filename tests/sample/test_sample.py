"""The sample clinic is whole, honest, and loaded once and for all."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from blog.models import ArticlePage
from core.models import Clinician
from sample.loader import DATA, SampleFileError, SampleLoader
from sample.models import LoadedItem
from tests.reviewing import publish_approved
from treatments.models import ScarTypePage, TreatmentPage

pytestmark = pytest.mark.django_db

FORBIDDEN = re.compile(
    r"\b(permanent(ly)?|erase[sd]?|painless|no downtime|safe for all skin|guarantee[ds]?|flawless|miracle|cure[sd]?)\b"
    r"|scar removal|remove scars",
    re.IGNORECASE,
)


def sample_texts() -> list[tuple[str, str]]:
    keys = re.compile(r"^\s*is_permanent:.*$", re.MULTILINE)
    return [(path.name, keys.sub("", path.read_text())) for path in DATA.rglob("*.yaml")]


def state() -> list[tuple[int, str, int | None]]:
    return list(Page.objects.order_by("pk").values_list("pk", "url_path", "latest_revision_id"))


def test_a_second_run_changes_nothing() -> None:
    before = state()
    assert SampleLoader().load() == 0
    assert state() == before


def test_what_staff_edited_moved_or_deleted_stays_so() -> None:
    laser = TreatmentPage.objects.get(slug="fraxel-dual-laser")
    laser.title = "Our own words"
    publish_approved(laser)
    TreatmentPage.objects.get(slug="microdermabrasion").delete()
    Clinician.objects.filter(slug="imani-vale").update(name="A real person")
    call_command("load_sample", verbosity=0)
    assert TreatmentPage.objects.get(slug="fraxel-dual-laser").title == "Our own words"
    assert not TreatmentPage.objects.filter(slug="microdermabrasion").exists()
    assert Clinician.objects.get(slug="imani-vale").name == "A real person"


def test_a_run_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images.yaml").write_text("{}")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.yaml").write_text("model: home.StandardPage\npath: /fine/\ntitle: Fine\nsummary: Fine.\n")
    (tmp_path / "pages/b.yaml").write_text("model: home.StandardPage\npath: /wrong/\ntitle: Wrong\nsummary: Wrong.\nno_such_field: 1\n")
    items = LoadedItem.objects.count()
    with pytest.raises(SampleFileError, match=r"b\.yaml: no_such_field"):
        SampleLoader(tmp_path).load()
    assert LoadedItem.objects.count() == items
    assert not Page.objects.filter(slug="fine").exists()


def test_the_clinic_is_complete() -> None:
    assert TreatmentPage.objects.live().count() == 5
    assert ScarTypePage.objects.live().count() == 7
    assert ArticlePage.objects.live().count() >= 6
    assert Clinician.objects.count() >= 3


@pytest.mark.parametrize("slug", [path.stem for path in (DATA / "pages/blog").glob("*.yaml") if path.stem != "index"])
def test_articles_are_of_a_length_that_people_read(slug: str) -> None:
    article = ArticlePage.objects.get(slug=slug)
    words = sum(
        len(re.sub(r"<[^>]+>", " ", text).split()) for child in article.body for text in child.block.get_searchable_content(child.value)
    ) + len(article.lead.split())
    assert 600 <= words <= 1200, words


def test_every_page_and_person_is_marked_as_sample() -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        assert page.is_sample, page.url_path
    assert not Clinician.objects.filter(is_sample=False).exists()


@pytest.mark.parametrize(("name", "text"), sample_texts(), ids=lambda value: value if len(value) < 60 else "")
def test_no_page_claims_what_a_clinic_may_not_claim(name: str, text: str) -> None:
    assert not FORBIDDEN.search(text), FORBIDDEN.search(text)


def test_no_page_calls_rolling_scars_raised() -> None:
    for name, text in sample_texts():
        for sentence in re.split(r"(?<=[.!?])\s", text):
            if re.search(r"\brolling scars?\b[^.]*\b(are|is) raised\b", sentence, re.IGNORECASE):
                pytest.fail(f"{name}: {sentence}")


def test_every_file_is_loaded_by_somebody() -> None:
    described = yaml.safe_load((DATA / "images.yaml").read_text())
    assert {path.name for path in (DATA / "images").iterdir()} == set(described)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sample_loadeditem")
        assert cursor.fetchone()[0] >= 60
