"""Learns from `examples.json` what speaks for each sign: multinomial logistic regression with AdaGrad, as in any textbook.

The examples are our own and invented; no patient's text is ever among them.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Sequence

from consultations.danger_signs.english import FOLDER
from consultations.danger_signs.resemblance import HARMLESS, UNIT, UNSEEN, Weights, sentence_features, windows

EXAMPLES = FOLDER / "examples.json"
ROUNDS, RATE, DECAY, SEED = 20, 0.3, 1e-4, 1
#: A feature of fewer examples says more about the example than about the sign.
MIN_EXAMPLES = 2
#: The least that one weight of a feature must be to be kept. Fewer features judge unseen texts no worse.
LEAST = 0.8


def examples() -> dict[str, list[str]]:
    """Texts by the sign that they name; under “none” those that name none."""
    return json.loads(EXAMPLES.read_text(encoding="utf-8"))


def learn(texts: dict[str, list[str]]) -> Weights:
    """Weights that tell the texts of each class from those of the others. The same texts give the same weights."""
    classes = list(texts)
    found = [(window, number) for number, name in enumerate(classes) for text in texts[name] for window in _taught_by(text, name)]
    known = {feature for feature, count in Counter(one for row, _ in found for one in row).items() if count >= MIN_EXAMPLES}
    rows = [(sorted(row & known), number) for row, number in found]
    bias = [0.0] * len(classes)
    weights = {feature: [0.0] * len(classes) for feature in known}
    squares = {feature: [1e-3] * len(classes) for feature in known}
    order = random.Random(SEED)  # noqa: S311 - not a secret; the order must be the same each time
    for _round in range(ROUNDS):
        order.shuffle(rows)
        for row, number in rows:
            _step(bias, [weights[one] for one in row], [squares[one] for one in row], number)
    kept = {
        feature: [round(value * UNIT) / UNIT for value in values]
        for feature, values in sorted(weights.items())
        if max(map(abs, values)) >= LEAST
    }
    return Weights(classes, [round(value * UNIT) / UNIT for value in bias], kept)


def _taught_by(text: str, name: str) -> list[set[str]]:
    """What one example teaches. Any part of a harmless text is harmless; of another, nobody said which part names the sign."""
    return windows(text) if name == HARMLESS else [set().union(*sentence_features(text))]


def _step(bias: list[float], weights: Sequence[list[float]], squares: Sequence[list[float]], right: int) -> None:
    """Move the weights of one example's features toward its class."""
    scale = 1 / math.sqrt(len(weights) + UNSEEN)
    sums = [one + scale * sum(row[at] for row in weights) for at, one in enumerate(bias)]
    powers = [math.exp(one - max(sums)) for one in sums]
    for at, power in enumerate(powers):
        error = (at == right) - power / sum(powers)
        bias[at] += RATE * 0.1 * error
        for row, square in zip(weights, squares, strict=True):
            slope = error * scale - DECAY * row[at]
            square[at] += slope * slope
            row[at] += RATE * slope / math.sqrt(square[at])


def as_text(weights: Weights) -> str:
    """The stored form: a line a feature, so that a change can be read."""

    def row(values: list[float]) -> str:
        return json.dumps([round(value * UNIT) for value in values], separators=(",", ":"))

    lines = [f"{json.dumps(feature, ensure_ascii=False)}:{row(values)}" for feature, values in weights.features.items()]
    head = f'"classes": {json.dumps(weights.classes)},\n"bias": {row(weights.bias)}'
    return "{\n" + head + ',\n"features": {\n' + ",\n".join(lines) + "\n}}\n"
