"""How much a text resembles the examples of each sign, by weights that `learning.py` takes from `examples.json`."""

import json
import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from consultations.danger_signs.english import FOLDER
from consultations.danger_signs.tokens import MAX_CHARACTERS

WEIGHTS = FOLDER / "weights.json"
#: The class of texts that name no sign.
HARMLESS = "none"
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:\.\d+)?|[?]")
SENTENCE_END = re.compile(r"(?<=[.!?\n])\s+")
ENDINGS = ("ing", "ed", "es", "s")
MAX_WORD = 20
#: Longer sentences are read in pieces.
MAX_SENTENCE_WORDS = 40
#: Sentences that are weighed together, since one says who and the next what.
WINDOW = 3
#: Features that every text has besides, which say nothing: one word alone does not decide.
UNSEEN = 4
#: Weights are stored as whole numbers of a tenth.
UNIT = 10
#: Letters of a part of a word, by which words with slips of the pen still resemble.
PART = 4


class Resemblance(NamedTuple):
    """What a text resembles most, and by how much."""

    #: The logarithm of the odds that it names some sign: 0 where both are as likely.
    log_odds: float
    family: str


NOTHING = Resemblance(-math.inf, HARMLESS)


class Weights(NamedTuple):
    """What speaks for each class: by itself, and for each feature."""

    classes: list[str]
    bias: list[float]
    features: dict[str, list[float]]


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def features(words: list[str]) -> set[str]:
    """Words, pairs of words, pairs with one word between, and parts of words."""
    found = set(words)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    found.update(f"{one} _ {two}" for one, two in zip(words, words[2:], strict=False))
    for word in words:
        if len(word) > PART:
            marked = f"<{word}>"
            found.update(f"#{marked[at : at + PART]}" for at in range(len(marked) - PART + 1))
    return found


def sentence_features(text: str) -> list[set[str]]:
    """The features of each sentence of a text."""
    found = []
    for sentence in SENTENCE_END.split(text[:MAX_CHARACTERS].lower().replace("’", "'")):
        words = [_stem(word.replace("'", "")[:MAX_WORD]) for word in TOKEN.findall(sentence)]
        found += [features(words[at : at + MAX_SENTENCE_WORDS]) for at in range(0, len(words), MAX_SENTENCE_WORDS)]
    return found


@cache
def learned() -> Weights:
    """The weights as learned."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    features = {feature: [value / UNIT for value in values] for feature, values in stored["features"].items()}
    return Weights(stored["classes"], [value / UNIT for value in stored["bias"]], features)


def scores(weights: Weights, found: Iterable[str]) -> list[float]:
    """For each class the sum of what speaks for it."""
    rows = [row for feature in found if (row := weights.features.get(feature))]
    scale = 1 / math.sqrt(len(rows) + UNSEEN)
    return (
        [bias + scale * sum(column) for bias, column in zip(weights.bias, zip(*rows, strict=True), strict=True)] if rows else weights.bias
    )


def judged(weights: Weights, found: Iterable[str]) -> Resemblance:
    """What features resemble most."""
    by_class = dict(zip(weights.classes, scores(weights, found), strict=True))
    harmless = by_class.pop(HARMLESS)
    family = max(by_class, key=lambda name: by_class[name])
    top = by_class[family]
    return Resemblance(top + math.log(sum(math.exp(score - top) for score in by_class.values())) - harmless, family)


def windows(text: str) -> list[set[str]]:
    """The features of each few sentences that stand together, of a short text those of the whole."""
    found = sentence_features(text)
    return [set().union(*found[at : at + WINDOW]) for at in range(max(1, len(found) - WINDOW + 1))] if found else []


def resemblance(text: str, weights: Weights | None = None) -> Resemblance:
    """What the most telling sentences of a text resemble."""
    return max((judged(weights or learned(), window) for window in windows(text)), default=NOTHING)
