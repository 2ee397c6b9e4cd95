"""What a written word stands for, though it is short for something or has a slip of the pen."""

import re

from rapidfuzz.distance import OSA

from consultations.danger_signs.english import KNOWN_WORDS, SPELLINGS

#: Shorter words are too easily taken for one another.
MIN_LENGTH = 5
#: In words of this length two slips are forgiven.
LONG_WORD = 9
NEGATED_VERB = re.compile(r"^(?:do|does|did|is|are|was|were|has|have|had|would|could|should|wo|ca|ai|must|need)nt$")
#: Stands for a number that is a fever as it is written: from 100.4 °F, or 38 °C with decimals.
FEVER_DEGREES = "feverdegrees"
#: Stands for a whole number that is a fever only where words say that it is a temperature: it may be an age.
BODY_HEAT = "bodyheat"
#: Stands for a year.
PAST_YEAR, YEAR = "pastyear", re.compile(r"^(?:19|20)\d\d$")


def number_word(number: str) -> str:
    """What a number stands for."""
    if number in ("38", "39", "40", "41", "42"):
        return BODY_HEAT
    if YEAR.match(number):
        return PAST_YEAR
    value = float(number.replace(",", "."))
    is_fever = 100.4 <= value <= 107 or (38 <= value < 43 and not number.isdigit())
    return FEVER_DEGREES if is_fever else number


def spelled(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The words that a written word stands for. A slip becomes the word of the vocabulary that was meant.

    Not cached between texts, because it is a patient's word.
    """
    if word in SPELLINGS:
        return tuple(SPELLINGS[word].split())
    if word[0].isdigit():
        return (number_word(word),)
    # “bleedin”, “swellin”
    if word.endswith("in") and f"{word}g" in vocabulary:
        return (f"{word}g",)
    is_known = word in vocabulary or word in KNOWN_WORDS or NEGATED_VERB.match(word)
    if len(word) < MIN_LENGTH or is_known or any(f"{word[:length]}*" in vocabulary for length in range(3, len(word) + 1)):
        return (word,)
    # Letters that are held down: “feverrr”.
    squeezed = re.sub(r"(.)\1{2,}", r"\1", word)
    if squeezed in vocabulary:
        return (squeezed,)
    near = [meant for meant in (one.rstrip("*") for one in vocabulary) if meant[0] == word[0] and is_slip(word, meant)]
    return (min(near, key=lambda meant: (abs(len(meant) - len(word)), meant)),) if near else (word,)


def is_slip(word: str, meant: str) -> bool:
    """Whether one letter was added, left out or changed, or two were swapped. In long words two such slips."""
    slips = 2 if min(len(word), len(meant)) >= LONG_WORD else 1
    return len(meant) >= MIN_LENGTH and OSA.distance(word, meant, score_cutoff=slips) <= slips
