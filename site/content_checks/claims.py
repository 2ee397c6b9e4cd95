"""Whether a sentence makes a claim, or only mentions one.

Phrases are written as staff write them: `*` stands for any ending of a word, ` ... ` for up to four words in between.
A claim that is denied, asked about, warned of or quoted does not count: “No laser is painless.”, “Is it painless?”, or
“promises of “painless””.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from content_checks.negation import AFTER_ENDS, CLAUSE_END, DENIAL_AFTER, DENIAL_BEFORE, MENTION, QUESTION, SALES_QUESTION, WARNING

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|e\.g|i\.e|vs|No|approx|St|U\.S)\.$")
WORD = re.compile(r"[\w'’-]+")
#: How many characters of the clause before and after a match are searched for a denial.
CONTEXT_CHARACTERS = 60


def plain_text(text: str) -> str:
    """The text with typographic characters replaced by those of a keyboard, so that phrases match."""
    for typographic, plain in (("’", "'"), ("‘", "'"), ("‑", "-"), ("\u00a0", " "), ("é", "e")):
        text = text.replace(typographic, plain)
    return re.sub(r"\s+", " ", text).strip()


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a paragraph. An abbreviation such as “Dr.” does not end one."""
    start = 0
    for end in SENTENCE_END.finditer(text):
        if not ABBREVIATION.search(text[start : end.start()]):
            yield text[start : end.end()].strip()
            start = end.end()
    if rest := text[start:].strip():
        yield rest


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return WORD.findall(text)


@lru_cache(maxsize=512)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """A phrase as a regular expression that ignores case, hyphens and line breaks."""
    parts = []
    for chunk in plain_text(phrase).split(" ... "):
        words = [re.escape(word).replace(r"\*", r"[\w'-]*").replace(r"\-", r"[\s-]+") for word in chunk.split()]
        parts.append(r"[\s-]+".join(words))
    return re.compile(r"(?<!\w)" + r"(?:\W+[\w'-]+){0,4}?\W+".join(parts) + r"(?!\w)", re.IGNORECASE)


def is_denied(sentence: str, start: int, end: int) -> bool:
    """Whether the words around a match deny it or warn of it."""
    before = CLAUSE_END.split(sentence[:start])[-1][-CONTEXT_CHARACTERS:]
    after = AFTER_ENDS.split(sentence[end:])[0][:CONTEXT_CHARACTERS]
    return bool(DENIAL_BEFORE.search(before) or DENIAL_AFTER.search(after))


def is_quoted(sentence: str, start: int, end: int) -> bool:
    """Whether a match is in quotation marks with few other words."""
    return any(quote.start() <= start and end <= quote.end() for quote in MENTION.finditer(sentence))


def is_question(sentence: str) -> bool:
    """Whether a sentence is a real question, as a patient would ask it, and not a rhetorical question of advertising."""
    return bool(QUESTION.match(sentence)) and not SALES_QUESTION.match(sentence)


def has_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text contains one of the phrases."""
    return any(pattern_of(phrase).search(text) for phrase in phrases)


def claims_in(sentence: str, phrases: tuple[str, ...]) -> Iterator[str]:
    """The words of a sentence that make one of the claims, as written: at most one match for each phrase."""
    if is_question(sentence) or WARNING.match(sentence):
        return
    for phrase in phrases:
        for match in pattern_of(phrase).finditer(sentence):
            if not is_denied(sentence, *match.span()) and not is_quoted(sentence, *match.span()):
                yield match.group()
                break
