"""What a reader tells the finder, and what it answers."""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.choices import Condition, MonkTone
from treatments.facts import Facts
from treatments.models import ScarTypePage


class Verdict(IntEnum):
    """What the finder concludes about a treatment, best first."""

    ASK = 0
    CARE = 1
    WAIT = 2
    NOT = 3

    @property
    def title(self) -> Promise:
        """The heading of the treatments with this verdict."""
        return {
            Verdict.ASK: gettext_lazy("Worth asking about"),
            Verdict.CARE: gettext_lazy("Possible, with special care"),
            Verdict.WAIT: gettext_lazy("Not now, perhaps later"),
            Verdict.NOT: gettext_lazy("Probably not for you"),
        }[self]

    @property
    def word(self) -> Promise:
        """What a reason with this verdict is, for those who cannot see its mark."""
        return {
            Verdict.ASK: gettext_lazy("For it:"),
            Verdict.CARE: gettext_lazy("Caution:"),
            Verdict.WAIT: gettext_lazy("Why wait:"),
            Verdict.NOT: gettext_lazy("Against it:"),
        }[self]


@dataclass(frozen=True)
class Answers:
    """A reader's answers. Without a tone or without scars, the reader does not know or did not answer."""

    tone: int | None
    scars: tuple[ScarTypePage, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """A rule that applied, with its text and its effect on the verdict of the treatment."""

    verdict: Verdict
    text: str
    #: The verdict shown beside the text, where it differs from the effect: one unsuitable scar does not rule out a treatment.
    shown_verdict: Verdict | None = None
    sources: tuple[str, ...] = ()
    #: What the verdict's sentence says of it in any case.
    short: str = ""

    @property
    def shown(self) -> Verdict:
        """The verdict shown beside the text."""
        return self.verdict if self.shown_verdict is None else self.shown_verdict

    @property
    def mark(self) -> str:
        """Suffix of the CSS class: ask, care, wait or not."""
        return self.shown.name.lower()


@dataclass(frozen=True)
class Suggestion:
    """The finder's verdict on one treatment, with its reasons, the deciding one first."""

    facts: Facts
    verdict: Verdict
    reasons: tuple[Reason, ...]
    #: The best fit for the reader's scars, such as “First choice for rolling scars.” Empty where there is none.
    best_fit: str = ""

    @property
    def sentence(self) -> str:
        """The verdict in short: fit, then what decides. Off-label use and its gravest risk are never left to the folded reasons."""
        treatment = self.facts.treatment
        deciding = self.reasons[0].text if self.reasons else ""
        is_fit = not self.best_fit or self.verdict == Verdict.ASK
        parts = [deciding] if is_fit else [self.best_fit, deciding]
        if treatment.is_off_label and self.verdict != Verdict.NOT:
            parts = [_("Off-label for acne scars."), treatment.gravest_risk, *parts]
        always = [reason.short for reason in self.reasons[1:]] if self.verdict != Verdict.NOT else []
        return " ".join(filter(None, (*parts, *always)))

    @property
    def more_reasons(self) -> tuple[Reason, ...]:
        """The reasons behind the sentence."""
        return self.reasons[1:]


@dataclass(frozen=True)
class Result:
    """The finder's answer. `first` is what comes before any treatment; `asks_for_scars` that there is nothing to sort yet."""

    first: tuple[str, ...]
    sees_somebody: bool
    groups: tuple[tuple[Verdict, list[Suggestion]], ...]
    asks_for_scars: bool

    @property
    def waits(self) -> bool:
        """Whether something may come later, so that nothing now does not mean no match."""
        return any(verdict == Verdict.WAIT for verdict, _members in self.groups)

    @property
    def worth_asking(self) -> list[Suggestion]:
        """What a reader may ask about now."""
        return [suggestion for verdict, members in self.groups if verdict <= Verdict.CARE for suggestion in members]


def answers_in_words(answers: Answers) -> list[str]:
    """The reader's answers as text, shown with the result: exactly what was chosen, and nothing that follows from it."""
    tone = _("Skin tone %(step)s") % {"step": MonkTone(answers.tone).label} if answers.tone else _("Skin tone: not said")
    scars = ", ".join(scar.title for scar in answers.scars) or _("no scar chosen")
    conditions = ", ".join(str(Condition(name).label) for name in answers.conditions) or _("none of the conditions")
    return [tone, capfirst(scars), capfirst(conditions)]
