"""Normalizes words that people type (no accents, no plural), and corrects typing mistakes to words that the site knows."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from common.folding import words_of

#: Words that carry no meaning in a search.
STOP_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        "a about after all am an and any are as at be before by can could do does for from get getting go good has have having "
        "help how i if in into is it its me my need of on or our should so some tell that the their them there these they this "
        "to us was way we what when where which who why will with would you your ",
    )
)
#: Shorter words are never corrected, because too many other words differ by one letter only.
MIN_CORRECTED_LENGTH = 4


def stem(word: str) -> str:
    """The word without its plural ending, so that “scars” and “scar” are equal."""
    if not word.endswith("s"):
        return word
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + rest
    return word if word.endswith(("ss", "us", "is")) or len(word) <= 3 else word[:-1]


def significant_words(all_words: Iterable[str]) -> list[str]:
    """The words without stop words, or all of them where they are stop words only."""
    candidates = list(all_words)
    return [word for word in candidates if word not in STOP_WORDS] or candidates


def significant_stems(text: str) -> frozenset[str]:
    """The stems of the significant words of a text."""
    return frozenset(map(stem, significant_words(words_of(text))))


def max_typos(word: str) -> int:
    """How many letters of a word of this length may be wrong, missing, added or swapped."""
    return 0 if len(word) < MIN_CORRECTED_LENGTH else 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that was most likely meant; None where none is near enough."""
    limit = max_typos(word)
    if not limit:
        return None
    # People rarely mistype the first letter, so prefer words that share it.
    matches = process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=5)
    ranked = sorted(matches, key=lambda match: (match[1] + (match[0][0] != word[0]), abs(len(match[0]) - len(word)), match[0]))
    return ranked[0][0] if ranked else None
