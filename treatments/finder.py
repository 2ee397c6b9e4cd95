"""From a few answers to treatments worth asking about. Each step says which fact it comes from; nothing is stored."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.choices import Condition, Evidence, Fit, MonkTone, PigmentRisk, Severity
from treatments.facts import Facts
from treatments.models import ScarTypePage, TreatmentCaution


class Verdict(IntEnum):
    """How a treatment comes out, best first."""

    ASK = 0
    CARE = 1
    WAIT = 2
    NOT = 3

    @property
    def title(self) -> Any:
        """The heading of this group of answers."""
        return {
            Verdict.ASK: gettext_lazy("Worth asking about"),
            Verdict.CARE: gettext_lazy("Possible, with special care"),
            Verdict.WAIT: gettext_lazy("Not now, perhaps later"),
            Verdict.NOT: gettext_lazy("Probably not for you"),
        }[self]


@dataclass(frozen=True)
class Answers:
    """What a reader told the finder. A tone or scars left out mean that the reader does not know."""

    tone: int | None
    scars: tuple[ScarTypePage, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One rule that applied, and what it made of the treatment."""

    verdict: Verdict
    text: str
    #: What it says by itself, where that differs from what it decides: one scar that a treatment does not suit, among others.
    says: Verdict | None = None

    @property
    def mark(self) -> str:
        """The sign in front of it: ask, care, wait or not."""
        return (self.verdict if self.says is None else self.says).name.lower()


@dataclass(frozen=True)
class Suggestion:
    """What the finder says of one treatment."""

    facts: Facts
    verdict: Verdict
    reasons: tuple[Reason, ...]


def pigment_reasons(facts: Facts, answers: Answers) -> list[Reason]:
    """The first rule: in darker skin, a treatment's own risk of dark or light marks decides how much care it takes."""
    treatment = facts.treatment
    risk = PigmentRisk(treatment.pigment_risk)
    text = _("Risk of dark or light marks in darker skin: %(risk)s.") % {"risk": str(risk.label).rstrip(".").lower()}
    if treatment.pigment_note:
        text = f"{text} {treatment.pigment_note}"
    if answers.tone is None:
        return [Reason(Verdict.CARE, text)] if risk == PigmentRisk.HIGHER else []
    if MonkTone(answers.tone).is_darker:
        return [Reason(Verdict.ASK if risk == PigmentRisk.LOW else Verdict.CARE, text)]
    return []


def fit_reasons(facts: Facts, answers: Answers) -> list[Reason]:
    """The second rule: a treatment is named for a scar only where the clinic's own facts say that it can help."""
    reasons = []
    suits = any((fit := facts.fit_for(scar)) and fit.is_recommended for scar in answers.scars)
    for scar in answers.scars:
        fit = facts.fit_for(scar)
        if fit is None:
            text = _("%(scar)s: we have not judged this treatment for them.") % {"scar": scar.title}
            reasons.append(Reason(Verdict.CARE if suits else Verdict.NOT, text, says=Verdict.CARE))
            continue
        words = {"scar": scar.title, "fit": str(Fit(fit.fit).label).lower(), "evidence": str(Evidence(fit.evidence).label).lower()}
        text = _("%(scar)s: %(fit)s, %(evidence)s.") % words + (f" {fit.note}" if fit.note else "")
        if fit.is_recommended:
            reasons.append(Reason(Verdict.ASK, text))
        elif not suits:
            reasons.append(Reason(Verdict.NOT, text))
        else:
            # With several kinds of scars, one that it does not suit does not rule it out for the others.
            verdict = Verdict.CARE if fit.fit == Fit.NOT_SUITABLE else Verdict.ASK
            reasons.append(Reason(verdict, text, says=Verdict.NOT))
    return reasons


VERDICT_OF = {Severity.NEVER: Verdict.NOT, Severity.WAIT: Verdict.WAIT, Severity.ASK: Verdict.CARE}


def caution_reason(caution: TreatmentCaution) -> Reason:
    """The third rule: what a condition means for this treatment."""
    text = f"{caution.get_condition_display()}: {str(caution.get_severity_display()).lower()}."
    return Reason(VERDICT_OF[Severity(caution.severity)], f"{text} {caution.note}".strip())


def judge(facts: Facts, answers: Answers) -> Suggestion:
    """Apply all rules to one treatment; the gravest decides."""
    reasons = [
        *pigment_reasons(facts, answers),
        *fit_reasons(facts, answers),
        *(caution_reason(caution) for caution in facts.cautions if caution.condition in answers.conditions),
    ]
    return Suggestion(facts, max((reason.verdict for reason in reasons), default=Verdict.ASK), tuple(reasons))


def match_treatments(all_facts: list[Facts], answers: Answers) -> list[tuple[Verdict, list[Suggestion]]]:
    """All treatments in groups, best group first; within a group the better fit first."""

    def rank(suggestion: Suggestion) -> int:
        fits = [fit for scar in answers.scars if (fit := suggestion.facts.fit_for(scar))]
        return min((Fit(fit.fit).rank for fit in fits), default=len(Fit))

    suggestions = sorted((judge(facts, answers) for facts in all_facts), key=rank)
    groups = [(verdict, [s for s in suggestions if s.verdict == verdict]) for verdict in Verdict]
    return [(verdict, members) for verdict, members in groups if members]


def answers_in_words(answers: Answers) -> list[str]:
    """The reader's answers in words, so that the result says what it rests on."""
    tone = _("Skin tone: Monk %(step)s") % {"step": answers.tone} if answers.tone else _("Skin tone: not said")
    scars = ", ".join(scar.title for scar in answers.scars) or _("not sure which scars")
    conditions = ", ".join(str(Condition(name).label) for name in answers.conditions) or _("none of the conditions")
    return [tone, capfirst(scars), capfirst(conditions)]
