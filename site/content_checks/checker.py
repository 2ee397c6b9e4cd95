"""Applies the word rules and the readability limits to passages of text."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from common.types import JSONObject
from content_checks.claims import plain_text, sentences_of, words_of
from content_checks.models import WordRule
from content_checks.readability import reading_grade

#: Key of the built-in rule, which is not in staff's list of word rules.
LONG_SENTENCE = "long-sentence"


@dataclass(frozen=True)
class Finding:
    """Something to change, or to give a reason for. Approvals store these field names, so they must not be renamed."""

    rule: str
    title: str
    found: str
    sentence: str
    advice: str
    where: str = ""
    is_serious: bool = False

    def as_data(self) -> JSONObject:
        """The finding as it is stored with an approval that overrides it."""
        return asdict(self)


class ReadingLimits(Protocol):
    """Readability limits, as a clinic sets them."""

    #: Maximum number of words in a sentence.
    longest_sentence: int
    #: Maximum US school grade of a whole page.
    reading_grade: int


def active_rules() -> list[WordRule]:
    """The rules that are in use."""
    return list(WordRule.objects.filter(is_active=True))


class ContentChecker:
    """Checks text against the active word rules, which are queried once, and the clinic's limits."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.rules = active_rules()
        self.limits = limits

    def check(self, passage: str, where: str = "") -> Iterator[Finding]:
        """The findings in one passage, sentence by sentence: at most one claim for each rule, then the length of the sentence."""
        passage = plain_text(passage)
        for sentence in sentences_of(passage):
            for rule in self.rules:
                for claim in rule.claims_of(sentence, passage):
                    yield Finding(rule.key, rule.title, claim, sentence, rule.advice, where, rule.is_serious)
                    break
            if len(words_of(sentence)) > self.limits.longest_sentence:
                advice = _("This sentence has %(count)s words. Make two of it.") % {"count": len(words_of(sentence))}
                yield Finding(LONG_SENTENCE, _("Long sentence"), sentence[:40], sentence, advice, where)

    def check_reading(self, passages: Iterable[str]) -> Iterator[Finding]:
        """A finding where the text of a whole page needs a higher school grade than the clinic allows."""
        grade = reading_grade("\n".join(map(plain_text, passages)))
        if grade is not None and grade > self.limits.reading_grade + 0.5:
            advice = _("The text reads at US grade %(grade)s; aim for %(aim)s. Use shorter sentences and everyday words.") % {
                "grade": round(grade), "aim": self.limits.reading_grade,
            }  # fmt: skip
            yield Finding("reading-level", _("Hard to read"), "", "", advice, _("Whole page"))
