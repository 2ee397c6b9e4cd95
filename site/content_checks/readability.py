"""The readability of a text as a US school grade."""

from functools import cache

import pyphen

from content_checks.claims import sentences_of, words_of

#: The formula is not reliable for texts with fewer words.
MIN_WORDS = 80


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def syllables(word: str) -> int:
    """The number of syllables of an English word, counted by its hyphenation points. At least one."""
    return len(_hyphenation().positions(word.lower())) + 1


def reading_grade(text: str) -> float | None:
    """The US school grade by Flesch and Kincaid (1975); None for a text too short to judge."""
    words = words_of(text)
    sentences = [sentence for paragraph in text.split("\n") for sentence in sentences_of(paragraph)]
    if len(words) < MIN_WORDS or not sentences:
        return None
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
