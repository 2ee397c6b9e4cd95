"""The finder: groups treatments by a reader's answers. Each reason names the fact behind it; nothing is stored."""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.choices import Condition, Evidence, Fit, MonkTone, PigmentRisk, Severity
from treatments.facts import Facts
from treatments.models import ScarTypePage, TreatmentCaution


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

    @property
    def mark(self) -> str:
        """Suffix of the CSS class: ask, care, wait or not."""
        return (self.verdict if self.shown_verdict is None else self.shown_verdict).name.lower()


@dataclass(frozen=True)
class Suggestion:
    """The finder's verdict on one treatment, with its reasons."""

    facts: Facts
    verdict: Verdict
    reasons: tuple[Reason, ...]


def pigment_reasons(facts: Facts, answers: Answers) -> list[Reason]:
    """First rule: on darker skin, the treatment's risk of dark or light marks decides whether it needs special care."""
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
    """Second rule: a treatment is suggested for a scar only where the clinic's own facts say that it can help."""
    reasons = []
    suits_any = any((fit := facts.fit_for(scar)) and fit.is_recommended for scar in answers.scars)
    for scar in answers.scars:
        fit = facts.fit_for(scar)
        if fit is None:
            text = _("%(scar)s: we have not judged this treatment for them.") % {"scar": scar.title}
            reasons.append(Reason(Verdict.CARE if suits_any else Verdict.NOT, text, shown_verdict=Verdict.CARE))
            continue
        words = {"scar": scar.title, "fit": str(Fit(fit.fit).label).lower(), "evidence": str(Evidence(fit.evidence).label).lower()}
        text = _("%(scar)s: %(fit)s, %(evidence)s.") % words + (f" {fit.note}" if fit.note else "")
        if fit.is_recommended:
            reasons.append(Reason(Verdict.ASK, text))
        elif not suits_any:
            reasons.append(Reason(Verdict.NOT, text))
        else:
            # An unsuitable scar does not rule out the treatment for the reader's other scars.
            verdict = Verdict.CARE if fit.fit == Fit.NOT_SUITABLE else Verdict.ASK
            reasons.append(Reason(verdict, text, shown_verdict=Verdict.NOT))
    return reasons


VERDICT_BY_SEVERITY = {Severity.NEVER: Verdict.NOT, Severity.WAIT: Verdict.WAIT, Severity.ASK: Verdict.CARE}


def caution_reason(caution: TreatmentCaution) -> Reason:
    """Third rule: what a condition of the reader means for the treatment."""
    text = f"{caution.get_condition_display()}: {str(caution.get_severity_display()).lower()}."
    return Reason(VERDICT_BY_SEVERITY[Severity(caution.severity)], f"{text} {caution.note}".strip())


def judge(facts: Facts, answers: Answers) -> Suggestion:
    """Apply all rules to one treatment. The most severe reason decides the verdict."""
    reasons = [
        *pigment_reasons(facts, answers),
        *fit_reasons(facts, answers),
        *(caution_reason(caution) for caution in facts.cautions if caution.condition in answers.conditions),
    ]
    return Suggestion(facts, max((reason.verdict for reason in reasons), default=Verdict.ASK), tuple(reasons))


def match_treatments(all_facts: list[Facts], answers: Answers) -> list[tuple[Verdict, list[Suggestion]]]:
    """All treatments grouped by verdict, best verdict first. Within a group, the best fit comes first."""

    def rank(suggestion: Suggestion) -> int:
        fits = [fit for scar in answers.scars if (fit := suggestion.facts.fit_for(scar))]
        return min((Fit(fit.fit).rank for fit in fits), default=len(Fit))

    suggestions = sorted((judge(facts, answers) for facts in all_facts), key=rank)
    groups = [(verdict, [s for s in suggestions if s.verdict == verdict]) for verdict in Verdict]
    return [(verdict, members) for verdict, members in groups if members]


def answers_in_words(answers: Answers) -> list[str]:
    """The reader's answers as text, shown with the result."""
    tone = _("Skin tone: Monk %(step)s") % {"step": answers.tone} if answers.tone else _("Skin tone: not said")
    scars = ", ".join(scar.title for scar in answers.scars) or _("not sure which scars")
    conditions = ", ".join(str(Condition(name).label) for name in answers.conditions) or _("none of the conditions")
    return [tone, capfirst(scars), capfirst(conditions)]
