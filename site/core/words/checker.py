"""Applies the list of words, and the limits of easy reading, to a passage of text."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.models.approvals import ReviewPolicy
from core.models.words import WordRule
from core.words.matching import plain_text, sentences_of, words_of
from core.words.reading import reading_grade

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


class WordChecker:
    """The rules and limits as they are now, read once."""

    def __init__(self) -> None:
        self.rules = list(WordRule.objects.filter(is_active=True))
        self.policy = ReviewPolicy.load()

    def check(self, passage: str, where: str = "") -> Iterator[Finding]:
        """What is to be changed in one passage: claims first to last, then sentences that are too long."""
        passage = plain_text(passage)
        for sentence in sentences_of(passage):
            for rule in self.rules:
                for found in rule.found_in(sentence, passage):
                    yield Finding(rule.key, rule.title, found, sentence, rule.advice, where, rule.is_serious)
                    break
            if len(words_of(sentence)) > self.policy.longest_sentence:
                advice = _("This sentence has %(count)s words. Make two of it.") % {"count": len(words_of(sentence))}
                yield Finding(LONG_SENTENCE, _("Long sentence"), sentence[:40], sentence, advice, where)

    def check_reading(self, passages: Iterable[str]) -> Iterator[Finding]:
        """Whether a whole page asks for more years of school than the clinic wants to ask for."""
        grade = reading_grade("\n".join(map(plain_text, passages)))
        if grade is not None and grade > self.policy.reading_grade + 0.5:
            advice = _("The text reads at US grade %(grade)s; aim for %(aim)s. Use shorter sentences and everyday words.") % {
                "grade": round(grade), "aim": self.policy.reading_grade,
            }  # fmt: skip
            yield Finding("reading-level", _("Hard to read"), "", "", advice, _("Whole page"))
