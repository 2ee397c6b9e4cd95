"""What a patient reads at once who ticks or writes that something must not wait."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import QueryDict

from consultations.choices import EMERGENCIES, UrgentSign
from consultations.danger_signs.judgment import weigh
from consultations.danger_signs.reader import SignReader
from consultations.models.urgent_signs import UrgentAdvice, UrgentWords
from page_cache.memo import cached_per_version, pinned_version

#: The button with which a patient says that it is not happening now. It sends, and a person reads the request first.
NOT_URGENT = "not_urgent"


class Help(NamedTuple):
    """One sign, and what to do now."""

    sign: UrgentSign
    text: str

    @property
    def is_emergency(self) -> bool:
        """Whether 911 comes first, and the clinic's hours do not matter."""
        return self.sign in EMERGENCIES

    @property
    def is_crisis(self) -> bool:
        """Whether the kindest words are needed first."""
        return self.sign == UrgentSign.SELF_HARM


def sign_reader() -> SignReader:
    """The reader of the words that staff listed, made once per site version. A post is answered outside of any version, so it pins one."""
    with pinned_version():
        return _sign_reader()


def reads_examples() -> bool:
    """Whether a text counts too that only resembles our examples; staff may turn it off."""
    with pinned_version():
        return _reads_examples()


@cached_per_version
def _reads_examples() -> bool:
    return UrgentAdvice.current().reads_examples


@cached_per_version
def _sign_reader() -> SignReader:
    return SignReader([words.rule() for words in UrgentWords.objects.filter(is_active=True)])


def signs_in(texts: Iterable[str]) -> set[UrgentSign]:
    """The signs that texts name, now and of the writer. Nothing of it is stored."""
    written = [text for text in texts if text]
    named = sign_reader().named(written)
    families = weigh(named, written) if reads_examples() else {family for family, _phrase in named}
    return {UrgentSign(family) for family in families}


def acknowledged_signs(data: QueryDict) -> set[UrgentSign]:
    """The signs of which the patient said that they are not happening now: those that the page named, which its button repeats.

    Without names, as from another program, all.
    """
    if NOT_URGENT not in data:
        return set()
    named = {sign for sign in UrgentSign if sign.value in data.get(NOT_URGENT, "").split()}
    return named or set(UrgentSign)


def help_for(signs: Iterable[UrgentSign]) -> list[Help]:
    """What to do now, the gravest sign first."""
    named = set(signs)
    if not named:
        return []
    advice = UrgentAdvice.current()
    return [Help(sign, advice.text_for(sign)) for sign in UrgentSign if sign in named]
