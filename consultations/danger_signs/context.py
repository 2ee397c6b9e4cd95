"""What the words around a sign make of it: denied, over, asked about, imagined, or somebody else's."""

from consultations.danger_signs.english import phrases
from consultations.danger_signs.english import words as listed
from consultations.danger_signs.phrases import PhraseIndex, has_any, matches
from consultations.danger_signs.spelling import NEGATED_VERB
from consultations.danger_signs.tokens import Sentence

NEGATORS = listed("negators")
NOT_DENIED = listed("not_denied")
STATEMENT_STARTS = listed("statement_starts")
COMPARING = listed("comparing")
HYPOTHETICAL = listed("hypothetical")
INDIRECT = listed("indirect")
QUESTION_STARTS = listed("question_starts")
GREETINGS = listed("greetings")
OTHERS = listed("others")
SPEAKING = listed("speaking")
HOSTS = listed("hosts")
FIRST_PERSON = listed("first_person")
HOUSEHOLD = listed("household")
HOUSEHOLD_PRESENT = phrases("household_present")
DOUBLE_DENIALS = phrases("double_denials")
DENIED_AFTER = phrases("denied_after")
LONG_AGO = phrases("long_ago")
RESOLVED = phrases("resolved")
RETURNED = phrases("returned")
PRESENT = phrases("present")
RESOLVED_NOW = phrases("resolved_now")
IMAGINED_BEFORE = phrases("imagined_before")
ASKING = phrases("asking")
PERSONAL = phrases("personal")
PLANNING = phrases("planning")
ON_BEHALF = PhraseIndex(phrases("on_behalf"))
ANSWERS = phrases("answers")
CORRECTIONS = phrases("corrections")
SHORT_ANSWERS = phrases("short_answers")
TENDENCIES = phrases("tendencies")
#: Words of these lists that a slip of the pen may hide as well as a sign.
CONTEXT_WORDS = (*OTHERS, *HYPOTHETICAL, "without", "never", "nothing", "neither")
#: Words between a denial, or what makes a sign imagined, and the sign.
MAX_DENIAL_WORDS, MAX_IMAGINED_WORDS = 9, 13


def is_negator(word: str) -> bool:
    """Whether a word can deny what follows."""
    return word in NEGATORS or bool(NEGATED_VERB.match(word))


def is_denied(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are denied."""
    words, clauses = sentence.words, sentence.clauses
    if has_any(DOUBLE_DENIALS, words[max(0, start - 12) : start]):
        return False
    # “I don't want to wake up” is a sign with its own denial.
    first = start if is_negator(words[start]) else max(0, start - MAX_DENIAL_WORDS)
    for at in range(start - 1, first - 1, -1):
        if clauses[at] != clauses[start]:
            break
        if is_negator(words[at]) and words[at + 1] not in NOT_DENIED:
            return not (words[at] == "without" and any(is_negator(word) for word in words[max(0, at - 3) : at]))
        is_own = at and (is_negator(words[at - 1]) or words[at - 1] == "of")
        if words[at] in STATEMENT_STARTS and at < start - 1 and not is_own:
            break
    for at in range(end, min(end + 2, len(words))):
        if clauses[at] != clauses[end - 1] or words[at] in ("and", "which", "that", "i", "my"):
            break
        if is_negator(words[at]) and (at + 1 >= len(words) or words[at + 1] not in NOT_DENIED):
            ends = at + 1 >= len(words) or clauses[at + 1] != clauses[at]
            return words[at] not in ("cant", "without", "never") and (words[at] != "no" or ends)
    tail = tuple(words[at] for at in range(end, min(end + 4, len(words))) if clauses[at] == clauses[end - 1])
    return has_any(DENIED_AFTER, tail)


def _segment(sentence: Sentence, at: int) -> tuple[int, int]:
    number = sentence.segments[at]
    first = sentence.segments.index(number)
    return first, len(sentence.segments) - sentence.segments[::-1].index(number)


def is_past(sentence: Sentence, start: int, end: int, is_wish: bool = False) -> bool:
    """Whether the sign is over: a time long ago or a good end stands beside it, and nothing that says now."""
    first, last = _segment(sentence, start)
    words = sentence.words
    marks = [
        (at, until)
        for phrase in (LONG_AGO if is_wish else LONG_AGO + RESOLVED)
        for at, until in matches(phrase, words[first:last])
        if (first + until <= start or first + at >= end)
        and not (at and is_negator(words[first + at - 1]))
        and not COMPARING & set(words[max(0, first + at - 4) : first + at])
    ]
    after_marks = max((first + mark_end for _mark, mark_end in marks), default=0)
    if not marks or has_returned(words[last:]) or has_returned(words[after_marks:last]):
        return False
    now = [
        first + at
        for phrase in PRESENT
        for at, until in matches(phrase, words[first:last])
        if sentence.clauses[first + at] == sentence.clauses[start] and not any(at < mark_end and mark < until for mark, mark_end in marks)
    ]
    resolved = {first + until - 1 for phrase in RESOLVED_NOW for _at, until in matches(phrase, words[first:last])}
    return not [at for at in now if at not in resolved and not (at and is_negator(words[at - 1]))]


def has_returned(words: tuple[str, ...]) -> bool:
    """Whether words that follow a sign of the past say that it came back."""
    return any(not (at and is_negator(words[at - 1])) for phrase in RETURNED for at, _until in matches(phrase, words))


def is_on_behalf(words: tuple[str, ...]) -> bool:
    """Whether a sentence says that it is written for the patient by somebody else."""
    return ON_BEHALF.stands_in(words)


def is_for_household(text: list[Sentence]) -> bool:
    """Whether a text names somebody of one's own home, and there or later says what they have now, so that it is written for them."""
    first = next((at for at, sentence in enumerate(text) if _names_household(sentence.words)), None)
    return first is not None and any(
        not sentence.is_question and (has_any(PRESENT, sentence.words) or has_any(HOUSEHOLD_PRESENT, sentence.words))
        for sentence in text[first:]
    )


def _names_household(words: tuple[str, ...]) -> bool:
    """Whether somebody is named as one's own: “my daughter”, “my 15 year old son”, “husband here”."""
    return any(
        word in HOUSEHOLD and ({"my", "our"} & set(words[max(0, at - 5) : at]) or words[at + 1 : at + 2] == ("here",))
        for at, word in enumerate(words)
    )


def is_somebody_else(sentence: Sentence, start: int) -> bool:
    """Whether another person is the one with the sign."""
    first, _last = _segment(sentence, start)
    words = sentence.words
    other = False
    for at in range(first, start + 1):
        word = words[at]
        if word in OTHERS or (word == "old" and words[max(0, at - 1)] == "year" and "my" in words[max(0, at - 4) : at]):
            speaks = any(one in SPEAKING for one in words[at + 1 : at + 3])
            other = word in HOSTS or not speaks
        elif _is_writer(words, at):
            other = False
    return other


def _is_writer(words: tuple[str, ...], at: int) -> bool:
    """Whether a word is the writer: not in “told me”, “a friend of mine” or “my sister”."""
    before = words[at - 1] if at else ""
    if words[at] == "my":
        return not any(word in OTHERS for word in words[at + 1 : at + 4])
    return words[at] in FIRST_PERSON and not (
        words[at] in ("me", "mine") and before in ("of", "told", "tells", "to", "tell", "with", "from", "showed")
    )


def is_imagined(sentence: Sentence, start: int, is_wish: bool = False) -> bool:
    """Whether the sign is asked about, feared, read of or imagined. A wish to die is none the less real for an “if”."""
    first, last = _segment(sentence, start)
    words = sentence.words
    before = words[first:start]
    if not is_wish:
        for phrase in IMAGINED_BEFORE:
            for at, until in matches(phrase, before):
                if phrase == "if" and at and before[at - 1] in INDIRECT:
                    continue
                if len(before) - until <= MAX_IMAGINED_WORDS and not any(one in ("now", "today") for one in before[until:]):
                    return True
        if has_any(TENDENCIES, words[first:last]):
            return True
    opening = [word for word in words[first : first + 12] if word not in GREETINGS]
    # “Did a peel last night” leaves out who did it, and asks nothing.
    tells = opening[:1] == ["did"] and opening[1:2] and opening[1] in ("a", "an", "my", "the", "this", "some")
    begins = bool(opening and opening[0] in QUESTION_STARTS and not tells)
    ends = sentence.is_question and last == len(words) and not _asks_later(sentence, start)
    asks = begins or ends or has_any(ASKING, before)
    own_clause = tuple(word for at, word in enumerate(words) if sentence.clauses[at] == sentence.clauses[start])
    if not asks or (has_any(PERSONAL, own_clause) and not has_any(PLANNING, own_clause)):
        return False
    is_own = any(word in FIRST_PERSON | {"my"} for word in words[first:last])
    asks_in_general = any(word in HYPOTHETICAL for word in words[first:last])
    return asks_in_general and not is_own if is_wish else asks_in_general or not is_own


def _asks_later(sentence: Sentence, start: int) -> bool:
    """Whether a later clause of the sentence is its question: “my face is swelling up, should I take something?”"""
    starts = [at for at in range(1, len(sentence.words)) if sentence.clauses[at] != sentence.clauses[at - 1]]
    return any(sentence.words[at] in QUESTION_STARTS for at in starts if at > start)


def is_corrected(sentence: Sentence | None) -> bool:
    """Whether a sentence takes back a denial just before."""
    return sentence is not None and _begins_with(CORRECTIONS, sentence.words)


def is_answered(sentence: Sentence | None) -> bool:
    """Whether a sentence says that what was asked about just before is there."""
    return sentence is not None and (" ".join(sentence.words) in SHORT_ANSWERS or _begins_with(ANSWERS, sentence.words))


def _begins_with(beginnings: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(at == 0 for phrase in beginnings for at, _until in matches(phrase, words[:8]))
