"""Phrases as staff write them: `*` stands for any ending of a word, ` ... ` for up to four words in between."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from consultations.danger_signs.english import SPELLINGS

#: Words in between that three dots in a phrase stand for.
MAX_GAP = 4


@lru_cache(maxsize=8192)
def runs_of(phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase as runs of words, between which others may stand. Each word is written as `sentences` writes words."""
    runs = []
    for run in phrase.lower().replace("’", "'").replace("-", " ").split(" ... "):
        words: list[str] = []
        for word in run.replace("'", "").split():
            words += [word] if "*" in word else SPELLINGS.get(word, word).split()
        runs.append(tuple(words))
    return tuple(run for run in runs if run)


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _stands_at(run: tuple[str, ...], words: tuple[str, ...], at: int) -> bool:
    return at + len(run) <= len(words) and all(_fits(pattern, words[at + i]) for i, pattern in enumerate(run))


def _end_of(runs: tuple[tuple[str, ...], ...], words: tuple[str, ...], start: int, barriers: frozenset[str]) -> int | None:
    """Where the runs that begin at `start` end. None where one is missing, or a barrier stands between two."""
    end = start + len(runs[0])
    for run in runs[1:]:
        for at in range(end, min(end + MAX_GAP + 1, len(words))):
            if _stands_at(run, words, at):
                end = at + len(run)
                break
            if words[at] in barriers:
                return None
        else:
            return None
    return end


def matches(phrase: str, words: tuple[str, ...], barriers: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Where a phrase stands among words: the first, and the one after the last. No barrier stands in a gap of it."""
    runs = runs_of(phrase)
    for start in range(len(words)) if runs else ():
        if _stands_at(runs[0], words, start) and (end := _end_of(runs, words, start, barriers)):
            yield start, end


def has_any(phrases: Iterable[str], words: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands among words."""
    return any(next(matches(phrase, words), None) for phrase in phrases)


class PhraseIndex:
    """Phrases by their most telling word, so that of thousands only the few are compared that a sentence may have."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.by_word: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self.by_beginning: dict[str, list[str]] = {}
        for phrase in dict.fromkeys(phrases):
            words = [word for run in runs_of(phrase) for word in run]
            if whole := [word for word in words if not word.endswith("*")]:
                self.by_word.setdefault(max(whole, key=len), []).append((phrase, frozenset(whole)))
            elif words:
                self.by_beginning.setdefault(max(words, key=len)[:-1], []).append(phrase)
        self.lengths = sorted({len(beginning) for beginning in self.by_beginning})

    def candidates(self, words: Iterable[str]) -> set[str]:
        """The phrases that may stand among words."""
        found: set[str] = set()
        here = frozenset(words)
        for word in here:
            found.update(phrase for phrase, whole in self.by_word.get(word, ()) if whole <= here)
            for length in self.lengths:
                found.update(self.by_beginning.get(word[:length], ()))
        return found

    def stands_in(self, words: tuple[str, ...]) -> bool:
        """Whether one of the phrases stands among words."""
        return has_any(self.candidates(words), words)


def vocabulary_of(phrases: Iterable[str]) -> frozenset[str]:
    """The words of phrases: whole ones, which slips of the pen are compared with, and beginnings that end with an asterisk."""
    return frozenset(word for phrase in phrases for run in runs_of(phrase) for word in run if len(word) >= 5 or word.endswith("*"))
