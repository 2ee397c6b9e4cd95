"""One folding of letters and signs, for what is searched and for what people type, so that any spelling finds any other."""

import re
import unicodedata

#: Letters that no decomposition takes apart.
OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ə": "e", "ŋ": "n", "ʔ": None}
)
APOSTROPHES = "'’‘ʼ`´ʹ′＇ʻ"
#: Signs within a word that are no part of it: soft hyphens, and what has no width.
WITHIN_WORDS = re.compile(f"[\u00ad\u200b-\u200f\u2060\ufeff{APOSTROPHES}]")
#: Scripts that put no blanks between words: each sign is a word.
WITHOUT_BLANKS = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0002ffff])")
COMPOUND = re.compile(r"\w+(?:[-‐‑–]\w+)+")
LETTERS_OR_DIGITS = re.compile(r"\d+|[^\W\d]+")


def folded(text: str) -> str:
    """A text without accents, case and signs within words, in letters that every keyboard has."""
    if text.isascii():
        return WITHIN_WORDS.sub("", text.lower())
    decomposed = unicodedata.normalize("NFKD", WITHIN_WORDS.sub("", text).casefold().translate(OTHER_LETTERS))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold().translate(OTHER_LETTERS)
    return WITHOUT_BLANKS.sub(r" \1 ", plain)


def words_of(text: str) -> list[str]:
    """The words of a text, folded: “José-María O'Neil, CO₂” gives jose, maria, oneil, co2."""
    return "".join(character if character.isalnum() else " " for character in folded(text)).split()


def text_to_index(text: str) -> str:
    """The words of a text, and besides, written as one, those that a hyphen joins, and apart, the letters and digits of a code."""
    words = words_of(text)
    joined = ["".join(words_of(compound)) for compound in COMPOUND.findall(text)]
    parts = [part for word in words if not word.isalpha() and not word.isdigit() for part in LETTERS_OR_DIGITS.findall(word)]
    return " ".join([*words, *joined, *parts])
