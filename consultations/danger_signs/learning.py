"""Learns from `examples.json` what speaks for each sign: multinomial logistic regression with AdaGrad, as in any textbook.

The examples are our own and invented; no patient's text is ever among them.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Sequence

from consultations.danger_signs.resemblance import FOLDER, Weights, sentence_features

EXAMPLES = FOLDER / "examples.json"
ROUNDS, RATE, DECAY, SEED = 20, 0.3, 1e-4, 1
#: A feature of fewer examples says more about the example than about the sign.
MIN_EXAMPLES = 2
#: Decimals of the stored weights, and the least that one weight of a feature must be to be stored.
DECIMALS, LEAST = 2, 0.1


def examples() -> dict[str, list[str]]:
    """Texts by the sign that they name; under “none” those that name none."""
    return json.loads(EXAMPLES.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def learn(texts: dict[str, list[str]]) -> Weights:
    """Weights that tell the texts of each class from those of the others. The same texts give the same weights."""
    classes = list(texts)
    found = [(set().union(*sentence_features(text)), number) for number, name in enumerate(classes) for text in texts[name]]
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
        feature: [round(value, DECIMALS) for value in values]
        for feature, values in sorted(weights.items())
        if max(map(abs, values)) >= LEAST
    }
    return Weights(classes, [round(value, DECIMALS) for value in bias], kept)


def _step(bias: list[float], weights: Sequence[list[float]], squares: Sequence[list[float]], right: int) -> None:
    """Move the weights of one example's features toward its class."""
    scale = 1 / math.sqrt(len(weights) or 1)
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
    lines = [f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(values)}" for feature, values in weights.features.items()]
    head = f'"classes": {json.dumps(weights.classes)},\n"bias": {json.dumps(weights.bias)}'
    return "{\n" + head + ',\n"features": {\n' + ",\n".join(lines) + "\n}}\n"
