"""A text as sentences of words in one spelling, with clauses and thoughts marked."""

import re
from dataclasses import dataclass

from consultations.danger_signs.english import words as listed
from consultations.danger_signs.spelling import spelled

TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+(?:'[a-z]+)*|[.!?\n…]+|[,;:()\[\]—–]|\s-+\s")
SENTENCE_END = re.compile(r"[.!?\n…]")
#: A new thought, to which a denial or a time before it does not apply.
CONTRASTS = listed("contrasts")
CLAUSE_WORDS = CONTRASTS | listed("clause_words")
#: Of each text, twice what the longest field takes.
MAX_CHARACTERS = 8000
MAX_WORD = 30
PLAIN = str.maketrans({"’": "'", "‘": "'", "´": "'", "/": " ", "*": None})


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence, and for each the number of its clause and of its thought (segment)."""

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    segments: tuple[int, ...]
    is_question: bool


class _Builder:
    """Collects words into sentences."""

    def __init__(self) -> None:
        self.done: list[Sentence] = []
        self.words: list[tuple[str, int, int]] = []
        self.clause = self.segment = 0

    def break_clause(self, is_thought: bool) -> None:
        self.clause += 1
        self.segment += is_thought

    def add(self, word: str) -> None:
        if word in CLAUSE_WORDS:
            self.break_clause(is_thought=word in CONTRASTS)
        self.words.append((word, self.clause, self.segment))

    def close(self, is_question: bool) -> None:
        if self.words:
            words, clauses, segments = zip(*self.words, strict=True)
            self.done.append(Sentence(words, clauses, segments, is_question))
        self.words = []
        self.break_clause(is_thought=True)


def sentences(text: str, vocabulary: frozenset[str]) -> list[Sentence]:
    """The sentences of a text, its words spelled as in the vocabulary."""
    builder = _Builder()
    known: dict[str, tuple[str, ...]] = {}
    for written in TOKEN.findall(text[:MAX_CHARACTERS].lower().translate(PLAIN).replace("can not", "cannot").replace("my self", "myself")):
        if SENTENCE_END.match(written):
            builder.close(is_question="?" in written)
        elif written[0].isalnum():
            # No word that matters is longer, and to compare a long one takes long.
            plain = written.replace("'", "")[:MAX_WORD]
            if plain not in known:
                known[plain] = spelled(plain, vocabulary)
            for word in known[plain]:
                builder.add(word)
        else:
            builder.break_clause(is_thought=written not in ",()[]")
    builder.close(is_question=False)
    return builder.done
