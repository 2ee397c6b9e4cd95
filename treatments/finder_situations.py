"""Situations that the finder was tried on: a test, and shown to the clinician who approves its rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from common.types import JSONObject
from treatments.choices import Condition, Drawing, MonkTone
from treatments.facts import Facts
from treatments.finder import Ruling, match_treatments
from treatments.finder_results import Answers, Result, Verdict
from treatments.models import ScarTypePage

FILE = Path(__file__).with_name("finder_situations.yaml")


@cache
def situations() -> tuple[JSONObject, ...]:
    """The situations as they are written down."""
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Trial:
    """One situation, what the finder answers now, and what is wrong about that."""

    situation: JSONObject
    result: Result
    problems: tuple[str, ...]

    @property
    def told(self) -> str:
        """The situation in words."""
        tone = MonkTone(self.situation["tone"]).label if self.situation["tone"] else "–"
        scars = ", ".join(str(Drawing(name).label) for name in self.situation["scars"]) or "–"
        return "; ".join([str(tone), scars, *(str(Condition(name).label) for name in self.situation["conditions"])])


def try_all(all_facts: list[Facts], scar_types: list[ScarTypePage], ruling: Ruling) -> Iterator[Trial]:
    """Each situation with today's answer. One whose scar has no published page is left out."""
    by_drawing = {page.drawing: page for page in scar_types}
    for situation in situations():
        if all(name in by_drawing for name in situation["scars"]):
            scars = tuple(by_drawing[name] for name in situation["scars"])
            result = match_treatments(all_facts, Answers(situation["tone"], scars, tuple(situation["conditions"])), ruling)
            yield Trial(situation, result, tuple(problems_of(situation, result)))


def problems_of(situation: JSONObject, result: Result) -> Iterator[str]:
    """What an answer says that it must not, and does not say that it must."""
    verdicts = {one.facts.treatment.drawing: verdict.name.lower() for verdict, members in result.groups for one in members}
    for name, verdict in situation.get("must", {}).items():
        if verdicts.get(name) != verdict:
            yield f"{name} is {verdicts.get(name)}, not {verdict}"
    for name, refused in situation.get("never", {}).items():
        for other, verdict in verdicts.items():
            if name in ("*", other) and verdict in refused:
                yield f"{other} is {verdict}"
    text = text_of(result)
    yield from (f"“{words}” is not said" for words in situation.get("says", ()) if words.lower() not in text.lower())
    yield from (f"“{words}” is said" for words in situation.get("never_says", ()) if words.lower() in text.lower())
    top = next((members for verdict, members in result.groups if verdict <= Verdict.CARE), [])
    if top and all(one.facts.treatment.is_off_label for one in top):
        yield "off-label use stands alone on top"


def text_of(result: Result) -> str:
    """All words of an answer."""
    reasons = (reason.text for _verdict, members in result.groups for one in members for reason in one.reasons)
    sentences = (one.sentence for _verdict, members in result.groups for one in members)
    return "\n".join([*result.first, *sentences, *reasons])
