"""Claims are marked, look-alikes are not, and staff tune the list."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from accounts.roles import Role
from blog.models import ArticlePage
from content_checks.checker import ContentChecker
from content_checks.models import WordRule
from content_checks.readability import reading_grade, syllables
from review.findings import findings_for
from review.models import ReviewPolicy
from review.preview import mark_findings
from treatments.fact_contradictions import FactChecker
from treatments.models import ScarFit, ScarTypePage, TreatmentPage

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SENTENCES = Path(__file__).parent / "sentences"
FORBIDDEN, HARMLESS = ((SENTENCES / f"{name}.txt").read_text().splitlines() for name in ("forbidden", "harmless"))


def test_all_claims_are_marked_and_no_look_alike_is() -> None:
    """Sentences that were written by people who had not seen the list: 200 claims, and 200 that only look like it."""
    assert len(FORBIDDEN) == len(HARMLESS) == 200
    checker = ContentChecker(ReviewPolicy.load())

    def claims(line: str) -> list[str]:
        return [finding.rule for finding in checker.check(line) if finding.rule != "long-sentence"]

    assert [line for line in FORBIDDEN if not claims(line)] == []
    assert [(line, claims(line)) for line in HARMLESS if claims(line)] == []


def test_the_command_prints_a_line_for_each_marked_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Scars fade with time.\nThis laser is painless.\nWe guarantee clear skin.\n"))
    out = io.StringIO()
    call_command("check_words", stdout=out)
    lines = [line.split("\t") for line in out.getvalue().splitlines()]
    assert [line[:2] for line in lines] == [["2", "painless"], ["3", "guaranteed"]]
    assert all(line[2] for line in lines)


def test_staff_tune_the_list(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.SITE_MANAGER)
    rule = WordRule.objects.get(key="painless")
    edit = reverse("wagtailsnippets_core_wordrule:edit", args=[rule.pk])
    data = {
        "title": rule.title, "key": rule.key, "advice": rule.advice, "phrases": "tickle*", "together_with": "", "harmless": "feather*",
        "is_serious": "on", "is_active": "on",
    }  # fmt: skip
    assert client.post(edit, {**data, "phrases": "***"}).status_code == 200, "explained, not stored"
    assert client.post(edit, data).status_code == 302
    checker = ContentChecker(ReviewPolicy.load())
    found = [[f.rule for f in checker.check(text)] for text in ("It is painless.", "It tickles.", "It tickles like a feather.")]
    assert found == [[], ["painless"], []]
    assert as_role(Role.FRONT_DESK).get(edit).status_code in (302, 403)


@pytest.mark.parametrize(("word", "count"), [("scar", 1), ("collagen", 3), ("improvement", 3), ("skin", 1)])
def test_syllables(word: str, count: int) -> None:
    assert abs(syllables(word) - count) <= 1


def test_reading_level_and_long_sentences() -> None:
    easy = "The skin heals. It takes time. Be kind to it. " * 10
    hard = "Histopathological characterization demonstrates considerable heterogeneity of periadnexal inflammatory infiltration. " * 12
    assert reading_grade("Too short.") is None
    assert (reading_grade(easy) or 99) < 4 < 12 < (reading_grade(hard) or 0)
    assert [f.rule for f in ContentChecker(ReviewPolicy.load()).check_reading([hard])] == ["reading-level"]
    assert [f.rule for f in ContentChecker(ReviewPolicy.load()).check("word " * 40 + ".")] == ["long-sentence"]


def test_the_sample_clinic_has_nothing_to_change() -> None:
    found = {page.slug: findings_for(page, ReviewPolicy.load()) for page in Page.objects.live().filter(depth__gt=1).specific()}
    assert {slug: findings for slug, findings in found.items() if findings} == {}


def test_structure_is_checked_too() -> None:
    article = ArticlePage.objects.get(slug="how-acne-scars-form")
    raw = [
        {"type": "subheading", "value": "Too deep"},
        {"type": "text", "value": "<p>We guarantee it.</p><ul><li>One</li></ul>"},
    ]
    block = article.body.stream_block
    if "subheading" not in block.child_blocks:
        raw = raw[1:]
    article.body = block.to_python(raw)
    rules = {finding.rule for finding in findings_for(article, ReviewPolicy.load())}
    assert "guaranteed" in rules
    assert ("heading-jump" in rules) == ("subheading" in block.child_blocks)


def test_a_preview_marks_its_paragraphs() -> None:
    html = '<main><h1>Fine</h1><p>It is painless.</p><p>It stings.</p><div class="references"><p>Painless care</p></div></main>'
    marked = mark_findings(html, ReviewPolicy.load())
    assert '<p data-words="painless">It is painless.</p>' in marked
    assert marked.count("data-words") == 1


# Contradictions


def contradictions(page: Any) -> list[str]:
    return [finding.rule for finding in FactChecker(page).check()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rolling scars are raised bumps.", ["wrong-surface"]),
        ("A keloid is a sunken scar.", ["wrong-surface"]),
        ("Rolling scars are depressed, not raised.", []),
        ("Are rolling scars raised?", []),
        ("Unlike rolling scars, keloids are raised.", []),
        ("Fraxel works well for keloids.", ["unfit-praised"]),
        ("Microdermabrasion is ideal for ice-pick scars.", ["unfit-praised"]),
        ("Fraxel is not suitable for keloids.", []),
        ("A fractional laser can help boxcar scars.", []),
    ],
)
def test_a_text_against_the_facts(text: str, expected: list[str]) -> None:
    article = ArticlePage.objects.get(slug="how-acne-scars-form")
    article.body = article.body.stream_block.to_python([{"type": "text", "value": f"<p>{text}</p>"}])
    assert contradictions(article) == expected


def test_the_drafts_own_facts_count() -> None:
    laser = TreatmentPage.objects.get(slug="fraxel-dual-laser")
    boxcar = ScarTypePage.objects.get(slug="boxcar")
    laser.risks = "<p>This laser helps boxcar scars.</p>"
    assert contradictions(laser) == []
    laser.scar_fits = [fit if fit.scar_type_id != boxcar.pk else ScarFit(scar_type=boxcar, fit="poor_fit") for fit in laser.scar_fits.all()]
    assert "unfit-praised" in contradictions(laser)


def test_a_scar_in_the_wrong_group() -> None:
    rolling = ScarTypePage.objects.get(slug="rolling")
    rolling.group = "raised"
    assert "wrong-group" in contradictions(rolling)


def test_an_editor_is_warned_after_saving(as_role: Callable[..., Client], form_of: Any) -> None:
    article = ArticlePage.objects.get(slug="how-acne-scars-form")
    client = as_role(Role.EDITOR)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = {**form_of(client.get(edit).content), "lead": "Rolling scars are raised."}
    answer = client.post(edit, data, follow=True)
    assert "Contradicts the facts" in answer.content.decode()
