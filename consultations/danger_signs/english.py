"""The word lists of `english.toml`."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent
_LISTS = tomllib.loads((FOLDER / "english.toml").read_text())


def split_phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text as our files hold them, between slashes and over several lines."""
    return tuple(" ".join(text.split()).split(" / "))


def phrases(name: str) -> tuple[str, ...]:
    """The phrases of a list, in its order."""
    return split_phrases(_LISTS[name])


def words(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(phrases(name))


#: One written form, and the words that it stands for.
SPELLINGS: dict[str, str] = _LISTS["spellings"]
#: Common words, which are never taken for a slip of the pen.
KNOWN_WORDS = frozenset((FOLDER / "known_words.txt").read_text().split())
