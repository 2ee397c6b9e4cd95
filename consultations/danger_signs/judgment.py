"""Whether a text is stopped, from the words that it names and the examples that it resembles."""

import tomllib
from collections.abc import Iterable
from functools import cache

from consultations.danger_signs.english import FOLDER, split_phrases
from consultations.danger_signs.resemblance import resemblance

#: From here on a text counts though it names no listed word. Below even odds, since a miss is worse than a false stop.
ALIKE = -0.2
#: Below it, a text with only the listed words of a new site does not count.
UNLIKE = -2.5


@cache
def initial_phrases() -> frozenset[str]:
    """The phrases that a new site looks for. Others were added by staff, and always count."""
    rules = tomllib.loads((FOLDER / "initial_words.toml").read_text(encoding="utf-8"))["rules"]
    return frozenset(phrase for rule in rules for phrase in split_phrases(rule["words"]))


def weigh(named: Iterable[tuple[str, str]], texts: Iterable[str]) -> set[str]:
    """The families of signs that count. `named` are families, each with a phrase of `texts`, which are fields of one form."""
    alike = [resemblance(text) for text in texts]
    likely = {one.family for one in alike if one.log_odds > ALIKE}
    doubtful = all(one.log_odds < UNLIKE for one in alike)
    return likely | {family for family, phrase in named if not doubtful or phrase not in initial_phrases()}
