"""Applies the list of word rules, and the limits of easy reading, to passages of text."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from content_checks.claims import plain_text, sentences_of, words_of
from content_checks.models import WordRule
from content_checks.readability import reading_grade

#: The rule that belongs to the text, and not to staff's list of words.
LONG_SENTENCE = "long-sentence"


@dataclass(frozen=True)
class Finding:
    """Something to change, or to give a reason for."""

    rule: str
    title: str
    found: str
    sentence: str
    advice: str
    where: str = ""
    is_serious: bool = False

    def as_data(self) -> dict[str, Any]:
        """What is kept with an approval that overrides it."""
        return asdict(self)


class ReadingLimits(Protocol):
    """Limits of easy reading, as a clinic sets them."""

    #: Words of the longest sentence that is not marked.
    longest_sentence: int
    #: The US school grade that a page may ask for.
    reading_grade: int


def active_rules() -> list[WordRule]:
    """The rules in use."""
    return list(WordRule.objects.filter(is_active=True))


class ContentChecker:
    """The active word rules, read once, and the clinic's limits."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.rules = active_rules()
        self.limits = limits

    def check(self, passage: str, where: str = "") -> Iterator[Finding]:
        """What is to be changed in one passage: claims first to last, then sentences that are too long."""
        passage = plain_text(passage)
        for sentence in sentences_of(passage):
            for rule in self.rules:
                for found in rule.claims_of(sentence, passage):
                    yield Finding(rule.key, rule.title, found, sentence, rule.advice, where, rule.is_serious)
                    break
            if len(words_of(sentence)) > self.limits.longest_sentence:
                advice = _("This sentence has %(count)s words. Make two of it.") % {"count": len(words_of(sentence))}
                yield Finding(LONG_SENTENCE, _("Long sentence"), sentence[:40], sentence, advice, where)

    def check_reading(self, passages: Iterable[str]) -> Iterator[Finding]:
        """Whether a whole page asks for more years of school than the clinic wants to ask for."""
        grade = reading_grade("\n".join(map(plain_text, passages)))
        if grade is not None and grade > self.limits.reading_grade + 0.5:
            advice = _("The text reads at US grade %(grade)s; aim for %(aim)s. Use shorter sentences and everyday words.") % {
                "grade": round(grade), "aim": self.limits.reading_grade,
            }  # fmt: skip
            yield Finding("reading-level", _("Hard to read"), "", "", advice, _("Whole page"))
