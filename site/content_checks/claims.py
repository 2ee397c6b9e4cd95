"""Whether a sentence makes a claim, or only speaks about one.

Phrases are written as staff write them: `*` stands for any ending of a word, ` ... ` for up to four words in between. A claim
that is denied, asked about, warned of or quoted is none: “No laser is painless.”, “Is it painless?”, “promises of “painless””.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from content_checks.negation import AFTER_ENDS, CLAUSE_END, DENIAL_AFTER, DENIAL_BEFORE, MENTION, QUESTION, SALES_QUESTION, WARNING

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|e\.g|i\.e|vs|No|approx|St|U\.S)\.$")
WORD = re.compile(r"[\w'’-]+")
#: How many characters before and after a match are looked at, once cut to its own clause.
REACH = 60


def plain_text(text: str) -> str:
    """Quotation marks, hyphens and spaces as they are typed on a keyboard."""
    for fancy, simple in (("’", "'"), ("‘", "'"), ("‑", "-"), ("\u00a0", " "), ("é", "e")):
        text = text.replace(fancy, simple)
    return re.sub(r"\s+", " ", text).strip()


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a paragraph. “Dr. Vale” stays in one piece."""
    begin = 0
    for end in SENTENCE_END.finditer(text):
        if not ABBREVIATION.search(text[begin : end.start()]):
            yield text[begin : end.end()].strip()
            begin = end.end()
    if rest := text[begin:].strip():
        yield rest


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return WORD.findall(text)


@lru_cache(maxsize=512)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """A phrase as a regular expression, whatever case, hyphen or line break stands in the text."""
    parts = []
    for chunk in plain_text(phrase).split(" ... "):
        words = [re.escape(word).replace(r"\*", r"[\w'-]*").replace(r"\-", r"[\s-]+") for word in chunk.split()]
        parts.append(r"[\s-]+".join(words))
    return re.compile(r"(?<!\w)" + r"(?:\W+[\w'-]+){0,4}?\W+".join(parts) + r"(?!\w)", re.IGNORECASE)


def is_denied(sentence: str, begin: int, end: int) -> bool:
    """Whether the words around a match say the contrary of it, or warn of it."""
    before = CLAUSE_END.split(sentence[:begin])[-1][-REACH:]
    after = AFTER_ENDS.split(sentence[end:])[0][:REACH]
    return bool(DENIAL_BEFORE.search(before) or DENIAL_AFTER.search(after))


def is_mentioned(sentence: str, begin: int, end: int) -> bool:
    """Whether a match stands between quotation marks with hardly anything else."""
    return any(quote.start() <= begin and end <= quote.end() for quote in MENTION.finditer(sentence))


def is_asked(sentence: str) -> bool:
    """Whether a sentence really asks, as a patient would, rather than sells."""
    return bool(QUESTION.match(sentence)) and not SALES_QUESTION.match(sentence)


def has_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in a text."""
    return any(pattern_of(phrase).search(text) for phrase in phrases)


def claims_in(sentence: str, phrases: tuple[str, ...]) -> Iterator[str]:
    """The words of a sentence that make one of the claims, as they stand there."""
    if is_asked(sentence) or WARNING.match(sentence):
        return
    for phrase in phrases:
        for match in pattern_of(phrase).finditer(sentence):
            if not is_denied(sentence, *match.span()) and not is_mentioned(sentence, *match.span()):
                yield match.group()
                break
