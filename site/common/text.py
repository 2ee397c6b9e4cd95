"""Text from outside: what no form, feed or table can hold is taken out where it enters."""

import re
import unicodedata

#: Control characters other than line breaks and tabs, halves of surrogate pairs, and characters that Unicode says are none.
UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: Without a width, or blank though they count as letters: they make equal words differ, or turn the order of letters. Joiners stay,
#: since scripts and emoji need them.
INVISIBLE = re.compile("[\u115f\u1160\u2800\u3164\uffa0\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
LINE_BREAK = re.compile("\r\n?|\u0085|\u2028|\u2029")


def clean_text(text: str) -> str:
    """A text with one kind of line break, without unusable and invisible characters, and with letters composed.

    A line break counts as one character then, as it does in a browser.
    """
    return unicodedata.normalize("NFC", INVISIBLE.sub("", UNUSABLE.sub("", LINE_BREAK.sub("\n", text))))


def one_line(text: str) -> str:
    """A text whose line breaks became blanks, for what stands in one line: a name, a subject."""
    return " ".join(text.split("\n"))


def split_commas(text: str) -> list[str]:
    """The entries of a comma-separated line that staff write, without empty ones."""
    return [entry.strip() for entry in text.split(",") if entry.strip()]
