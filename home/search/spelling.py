"""Words as people type them: plain, without accents and endings, and one typing mistake away from words the site knows."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+")
#: Words that say nothing about what is looked for.
STOP_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        "a about after all am an and any are as at be before by can could do does for from get getting go good has have having "
        "help how i if in into is it its me my need of on or our should so some tell that the their them there these they this "
        "to us was way we what when where which who why will with would you your ",
    )
)
#: Shorter words are never corrected: too many others are one letter away.
MIN_CORRECTED_LENGTH = 4


def words(text: str) -> list[str]:
    """Lower-case words without accents; “Ice-pick” is two."""
    if not text.isascii():
        text = "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
    return WORD.findall(text.lower())


def stem(word: str) -> str:
    """A word without its plural, so that “scars” and “scar” are one."""
    if not word.endswith("s"):
        return word
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + rest
    return word if word.endswith(("ss", "us", "is")) or len(word) <= 3 else word[:-1]


def significant_words(all_words: Iterable[str]) -> list[str]:
    """The words that say what is looked for; all of them where none does."""
    given = list(all_words)
    return [word for word in given if word not in STOP_WORDS] or given


def significant_stems(text: str) -> frozenset[str]:
    """The stems of the words of a text that say what it is about."""
    return frozenset(map(stem, significant_words(words(text))))


def max_typos(word: str) -> int:
    """How many letters may be wrong, missing, added or swapped in a word of this length."""
    return 0 if len(word) < MIN_CORRECTED_LENGTH else 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that was most likely meant, or None."""
    limit = max_typos(word)
    if not limit:
        return None
    # The first letter is seldom wrong, so among equally near words one that shares it is meant.
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=5)
    ranked = sorted(found, key=lambda match: (match[1] + (match[0][0] != word[0]), abs(len(match[0]) - len(word)), match[0]))
    return ranked[0][0] if ranked else None
