"""Which signs a text names, now and of the writer: words as staff list them, in an English that is not denied, over, asked or imagined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consultations.danger_signs.context import (
    CONTEXT_WORDS,
    NEGATORS,
    has_returned,
    is_answered,
    is_corrected,
    is_denied,
    is_for_household,
    is_imagined,
    is_on_behalf,
    is_past,
    is_somebody_else,
)
from consultations.danger_signs.phrases import PhraseIndex, has_any, matches, vocabulary_of
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


class SignReader:
    """Reads texts for the signs of some rules. Making one is slow compared with reading."""

    def __init__(self, rules: Sequence[SignRule]) -> None:
        self.rules = rules
        self.rules_of: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            for phrase in dict.fromkeys(rule.words):
                self.rules_of.setdefault(phrase, []).append(number)
        self.index = PhraseIndex(self.rules_of)
        self.about = [PhraseIndex(rule.anywhere) for rule in rules]
        self.vocabulary = vocabulary_of(phrase for rule in rules for phrase in (*rule.words, *rule.near, *rule.anywhere, *CONTEXT_WORDS))

    def named(self, texts: Iterable[str]) -> set[tuple[str, str]]:
        """The families of signs that the texts name, each with a phrase that names it. `texts` are fields of one form."""
        parsed = [sentence for text in texts for sentence in sentences(text, self.vocabulary)]
        on_behalf = is_for_household(parsed) or any(is_on_behalf(sentence.words) for sentence in parsed)
        named: set[tuple[str, str]] = set()
        for at, sentence in enumerate(parsed):
            for phrase in self.index.candidates(sentence.words):
                for start, end in matches(phrase, sentence.words, NEGATORS):
                    for number in self.rules_of[phrase]:
                        found = (self.rules[number].family, phrase)
                        if found not in named and self._counts(number, parsed, at, start, end, on_behalf):
                            named.add(found)
        return named

    def _counts(self, number: int, parsed: list[Sentence], at: int, start: int, end: int, on_behalf: bool) -> bool:
        """Whether words of a rule, found in the sentence `at` from `start` to `end`, are a sign."""
        rule, words = self.rules[number], parsed[at].words
        if rule.anywhere and not any(self.about[number].stands_in(sentence.words) for sentence in parsed):
            return False
        if rule.near and not self._is_near(rule, parsed, at, start, end):
            return False
        if has_any(rule.harmless, words[max(0, start - HARMLESS_DISTANCE) : end + HARMLESS_DISTANCE]):
            return False
        following = parsed[at + 1] if at + 1 < len(parsed) else None
        return self._is_now(rule, parsed[at], following, start, end, on_behalf)

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
