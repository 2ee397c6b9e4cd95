"""Which signs a text names, now and of the writer: words as staff list them, in an English that is not denied, over, asked or imagined."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consultations.danger_signs.context import (
    CONTEXT_WORDS,
    NEGATORS,
    has_returned,
    is_answered,
    is_corrected,
    is_denied,
    is_imagined,
    is_on_behalf,
    is_past,
    is_somebody_else,
)
from consultations.danger_signs.phrases import has_any, matches, may_match, runs_of, vocabulary_of
from consultations.danger_signs.tokens import Sentence, sentences

#: Words between a sign and the word that it must stand near to.
MAX_DISTANCE = 14
#: Words around a sign in which a harmless phrase cancels it.
HARMLESS_DISTANCE = 6


@dataclass(frozen=True)
class SignRule:
    """One way to say a sign."""

    family: str
    words: tuple[str, ...]
    #: Empty, or one of these stands near the words, in the same sentence or the one before or after.
    near: tuple[str, ...] = ()
    #: Empty, or one of these stands anywhere in the text.
    anywhere: tuple[str, ...] = ()
    #: Words with one of these within a few words do not count.
    harmless: tuple[str, ...] = ()
    #: A wish of one's own, which an “if” makes no less real.
    is_wish: bool = False


def _by_first_word(phrases: Iterable[str]) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Phrases by their first word, and those whose first word is only a beginning."""
    exact: dict[str, list[str]] = {}
    beginnings = []
    for phrase in phrases:
        first = runs_of(phrase)[0][0] if runs_of(phrase) else "*"
        if first.endswith("*"):
            beginnings.append((first[:-1], phrase))
        else:
            exact.setdefault(first, []).append(phrase)
    return exact, beginnings


def _is_about(rule: SignRule, parsed: list[Sentence], everywhere: frozenset[str]) -> bool:
    """Whether a text, whose words are `everywhere`, is about what a rule needs it to be about."""
    about = [phrase for phrase in rule.anywhere if may_match(phrase, everywhere)]
    return not rule.anywhere or any(has_any(about, sentence.words) for sentence in parsed)


class SignReader:
    """Reads texts for the signs of some rules. Making one is slow compared with reading."""

    def __init__(self, rules: Sequence[SignRule]) -> None:
        self.rules = rules
        self.by_first_word = {rule: _by_first_word(rule.words) for rule in rules}
        self.vocabulary = vocabulary_of(phrase for rule in rules for phrase in (*rule.words, *rule.near, *rule.anywhere, *CONTEXT_WORDS))

    def _candidates(self, rule: SignRule, here: frozenset[str]) -> Iterator[str]:
        """The phrases of a rule that begin with a word of a sentence. Most do not, which saves most of the time."""
        exact, beginnings = self.by_first_word[rule]
        for word in here:
            yield from exact.get(word, ())
        for beginning, phrase in beginnings:
            if any(word.startswith(beginning) for word in here):
                yield phrase

    def families(self, texts: Iterable[str]) -> list[str]:
        """The families of signs that the texts name, in the order of the rules. `texts` are fields of one form."""
        parsed = [sentence for text in texts for sentence in sentences(text, self.vocabulary)]
        on_behalf = any(is_on_behalf(sentence.words) for sentence in parsed)
        everywhere = frozenset(word for sentence in parsed for word in sentence.words)
        named = [rule.family for rule in self.rules if _is_about(rule, parsed, everywhere) and any(self._hits(rule, parsed, on_behalf))]
        return list(dict.fromkeys(named))

    def _hits(self, rule: SignRule, parsed: list[Sentence], on_behalf: bool) -> Iterator[tuple[int, int]]:
        for number, sentence in enumerate(parsed):
            here = frozenset(sentence.words)
            for phrase in self._candidates(rule, here):
                for start, end in matches(phrase, sentence.words, NEGATORS):
                    if rule.near and not self._is_near(rule, parsed, number, start, end):
                        continue
                    if has_any(rule.harmless, sentence.words[max(0, start - HARMLESS_DISTANCE) : end + HARMLESS_DISTANCE]):
                        continue
                    following = parsed[number + 1] if number + 1 < len(parsed) else None
                    if self._is_now(rule, sentence, following, start, end, on_behalf):
                        yield start, end

    def _is_near(self, rule: SignRule, parsed: list[Sentence], number: int, start: int, end: int) -> bool:
        words = parsed[number].words
        window = (*words[max(0, start - MAX_DISTANCE) : start], "", *words[end : end + MAX_DISTANCE])
        before = parsed[number - 1].words if number else ()
        after = parsed[number + 1].words if number + 1 < len(parsed) else ()
        return any(has_any(rule.near, part) for part in (window, before[-MAX_DISTANCE:], after[:MAX_DISTANCE]))

    def _is_now(self, rule: SignRule, sentence: Sentence, following: Sentence | None, start: int, end: int, on_behalf: bool) -> bool:
        if (is_denied(sentence, start, end) and not is_corrected(following)) or (not on_behalf and is_somebody_else(sentence, start)):
            return False
        if is_past(sentence, start, end, rule.is_wish) and not (following and has_returned(following.words)):
            return False
        return not is_imagined(sentence, start, rule.is_wish) or is_answered(following)
