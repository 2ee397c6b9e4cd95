"""How many years of school a text asks for."""

from functools import cache

import pyphen

from content_checks.claims import sentences_of, words_of

#: Below this many words the measure says nothing.
WORDS_TO_JUDGE = 80


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def syllables(word: str) -> int:
    """Syllables of an English word, by where it can be divided. At least one."""
    return len(_hyphenation().positions(word.lower())) + 1


def reading_grade(text: str) -> float | None:
    """The US school grade by Flesch and Kincaid (1975); None for a text too short to judge."""
    words = words_of(text)
    sentences = [sentence for paragraph in text.split("\n") for sentence in sentences_of(paragraph)]
    if len(words) < WORDS_TO_JUDGE or not sentences:
        return None
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
