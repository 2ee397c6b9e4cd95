"""The finder sorts what a reader may ask about, by rules that a clinician approves, and never turns the absence of a risk into a reason."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from publishing.errors import CannotGoLiveError
from tests.reviewing import publish_approved
from treatments.choices import Drawing, RuleEffect
from treatments.facts import published_facts, published_scar_types
from treatments.finder import Ruling
from treatments.finder_rules import DEFAULT_RULES
from treatments.finder_situations import situations, try_all
from treatments.models import FinderPage
from treatments.views import finder_page, ruling

pytestmark = pytest.mark.django_db
ADDRESS = "/treatments/finder/"


def ask(client: Client, **answers: Any) -> BeautifulSoup:
    soup = BeautifulSoup(client.post(ADDRESS, answers).content, "html.parser")
    answer = soup.select_one(".finder-answer")
    assert answer is not None
    return answer


def test_in_each_of_150_situations_the_answer_is_what_the_facts_allow() -> None:
    assert len(situations()) >= 150
    trials = list(try_all(published_facts(), published_scar_types(), ruling(finder_page())))
    assert len(trials) == len(situations()), "every scar of a situation has a page"
    assert not {f"{number}: {trial.told}": trial.problems for number, trial in enumerate(trials) if trial.problems}


def test_without_a_page_the_sites_own_rules_give_the_same_answers() -> None:
    FinderPage.objects.all().delete()
    assert ruling(finder_page()) == Ruling()
    assert not [trial.told for trial in try_all(published_facts(), published_scar_types(), ruling(finder_page())) if trial.problems]


def test_a_broken_rule_shows_in_the_situations() -> None:
    without_waiting = Ruling(tuple(rule for rule in DEFAULT_RULES if rule.effect != RuleEffect.WAIT))
    assert [trial for trial in try_all(published_facts(), published_scar_types(), without_waiting) if trial.problems]


def test_the_sample_page_has_the_sites_own_rules() -> None:
    page = FinderPage.objects.get()
    assert [(rule.condition, rule.effect, rule.scope) for rule in page.rule_list()] == [
        (rule.condition, rule.effect, rule.scope) for rule in DEFAULT_RULES
    ]


def test_nothing_chosen_asks_and_recommends_nothing(client: Client) -> None:
    for answers in ({}, {"tone": "9"}):
        answer = ask(client, **answers)
        assert not answer.select(".finder-list") and "Choose below what you see" in answer.text


def test_infected_skin_is_sent_to_somebody_with_a_number(client: Client) -> None:
    answer = ask(client, scars=["rolling"], conditions=["infection"])
    assert answer.select_one(".callout-emergency a[href^='tel:']") and "See someone first" in answer.text


def test_the_answer_says_only_what_was_told(client: Client) -> None:
    told = next(line.text for line in ask(client, scars=["hypertrophic"]).select("p") if "You told us" in line.text)
    assert "keloid" not in told.lower() and "none of the conditions" in told.lower()


def test_the_verdict_is_one_sentence_and_the_reasons_are_folded(client: Client) -> None:
    answer = ask(client, tone="8", scars=["rolling", "boxcar"])
    first = answer.select_one(".finder-list > li")
    assert first and "Fraxel" in first.h4.text and first.p.text.strip()
    details = answer.select(".finder-list details")
    assert details and all(not one.has_attr("open") for one in details)
    assert all(reason.select_one(".visually-hidden").text.strip().endswith(":") for reason in answer.select(".finder-reasons li"))
    assert answer.h2["tabindex"] == "-1" and answer.h2.text == "What may suit you"


def test_off_label_use_is_said_with_its_gravest_risk_and_unfolded(client: Client) -> None:
    filler = next(item for item in ask(client, tone="2", scars=["rolling"]).select(".finder-list > li") if "Juvederm" in item.h4.text)
    assert "Off-label" in filler.p.text and "blind" in filler.p.text and "stroke" in filler.p.text


def test_the_tone_from_which_pigment_matters_is_the_clinicians(client: Client) -> None:
    assert "dark or light marks" in ask(client, tone="5", scars=["rolling"]).text
    page = FinderPage.objects.get()
    page.pigment_from = 7
    publish_approved(page)
    assert "dark or light marks in darker skin" not in ask(client, tone="5", scars=["rolling"]).text
    assert "dark or light marks in darker skin" in ask(client, scars=["rolling"]).text, "not saying it is the most careful case"


def test_rules_go_live_only_with_an_approval() -> None:
    page = FinderPage.objects.get()
    page.pigment_from = 10
    with pytest.raises(CannotGoLiveError):
        page.save_revision().publish()


def test_an_approved_rule_changes_the_answer(client: Client) -> None:
    page = FinderPage.objects.get()
    block = page.rules.stream_block
    value = {"condition": "cold_sores", "effect": "wait", "scope": "all", "sentence": "Zebra sores rest.", "sources": []}
    page.rules = block.to_python([{"type": "rule", "value": value}])
    publish_approved(page)
    answer = ask(client, scars=["rolling"], conditions=["cold_sores"])
    assert "Zebra sores rest." in answer.select_one(".callout").text
    assert "Not now, perhaps later" in answer.text and "Worth asking about" not in answer.text


def test_the_clinician_sees_the_rules_and_the_situations(as_role: Callable[..., Client]) -> None:
    page = FinderPage.objects.get()
    html = page.make_preview_request().content.decode()
    assert "If a reader says" in html and f"{len(situations())} situations" in html
    assert html.count('class="trial"') == len(situations()) and "trial-wrong" not in html


def test_what_goes_along_to_the_form_is_said_truly(client: Client) -> None:
    answer = ask(client, tone="8", scars=["rolling"], conditions=["cold_sores"])
    link = answer.select_one(".action a")["href"]
    assert "concern=rolling" in link and "treatment=" in link and "cold" not in link and "tone" not in link
    assert "your skin tone and health answers don't" in " ".join(answer.select_one(".action").text.split())


@pytest.mark.parametrize("address", ["/", "/scars/rolling/", "/blog/how-acne-scars-form/", "/treatments/"])
def test_it_is_found_from_where_readers_are(client: Client, address: str) -> None:
    main = BeautifulSoup(client.get(address).content, "html.parser").select_one("main")
    assert main and main.select_one(f"a[href='{ADDRESS}']"), address


def test_every_scar_says_what_comes_first() -> None:
    assert all(page.finder_advice for page in published_scar_types() if page.drawing != Drawing.HEALTHY)
