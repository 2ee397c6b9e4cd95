"""The finder: sorts what a reader may ask about. Somebody to see comes first, then reasons to wait, cautions, fit. Nothing is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from treatments.choices import Condition, Drawing, Fit, PigmentRisk, RuleEffect, ScarGroup, Severity
from treatments.facts import Facts
from treatments.finder_results import Answers, Reason, Result, Suggestion, Verdict
from treatments.finder_rules import DEFAULT_PIGMENT_TONE, DEFAULT_RULES, Rule
from treatments.models import ScarTypePage


@dataclass(frozen=True)
class Ruling:
    """The clinic's rules, and the tone from which cautions on pigment are shown."""

    rules: Sequence[Rule] = DEFAULT_RULES
    pigment_from: int = DEFAULT_PIGMENT_TONE

    def for_answers(self, answers: Answers) -> list[Rule]:
        """The rules that the reader's answers call for, the gravest first."""
        order = list(RuleEffect)
        return sorted((rule for rule in self.rules if rule.condition in answers.conditions), key=lambda rule: order.index(rule.effect))


def rule_reasons(facts: Facts, rules: Sequence[Rule]) -> Iterator[Reason]:
    """What the clinic's rules say of a treatment."""
    verdicts = {RuleEffect.SEE: Verdict.WAIT, RuleEffect.WAIT: Verdict.WAIT, RuleEffect.TELL: Verdict.CARE, RuleEffect.LEAD: Verdict.ASK}
    own = {caution.condition for caution in facts.cautions}
    for rule in rules:
        # What the treatment's own facts say of the same condition is more exact.
        if rule.concerns(facts.treatment.is_procedure) and not (rule.effect == RuleEffect.TELL and rule.condition in own):
            yield Reason(verdicts[rule.effect], str(rule.sentence), sources=rule.sources)


def caution_reasons(facts: Facts, answers: Answers, rules: Sequence[Rule]) -> Iterator[Reason]:
    """What the treatment's own facts say of the reader's conditions."""
    verdicts = {Severity.NEVER: Verdict.NOT, Severity.WAIT: Verdict.WAIT, Severity.ASK: Verdict.CARE}
    decided = {
        rule.condition for rule in rules if rule.effect in (RuleEffect.SEE, RuleEffect.WAIT) and rule.concerns(facts.treatment.is_procedure)
    }
    for caution in facts.cautions:
        # A milder word of the treatment's own would contradict the rule.
        is_milder = caution.severity == Severity.ASK and caution.condition in decided
        if caution.condition in answers.conditions and not is_milder:
            text = f"{caution.get_condition_display()}: {str(caution.get_severity_display()).lower()}."
            yield Reason(verdicts[Severity(caution.severity)], f"{text} {caution.note}".strip())


def raised_reasons(facts: Facts, answers: Answers) -> Iterator[Reason]:
    """Beside a raised scar, a clinician looks before anything is done that is not meant for it."""
    for scar in answers.scars:
        fit = facts.fit_for(scar)
        if scar.group == ScarGroup.RAISED and facts.treatment.is_procedure and not (fit and fit.is_recommended):
            yield Reason(Verdict.WAIT, _("%(scar)s: a clinician looks first.") % {"scar": scar.title})


def pigment_reasons(facts: Facts, answers: Answers, ruling: Ruling) -> Iterator[Reason]:
    """The risk of dark or light marks, from the clinic's tone on, and for who would rather not say. A low risk is no reason for."""
    treatment = facts.treatment
    if treatment.pigment_risk != PigmentRisk.LOW and (answers.tone is None or answers.tone >= ruling.pigment_from):
        text = _("Risk of dark or light marks in darker skin: %(risk)s.") % {"risk": treatment.pigment_word.lower()}
        yield Reason(Verdict.CARE, f"{text} {treatment.pigment_note}".strip(), short=text)


def fit_reasons(facts: Facts, answers: Answers, leads: bool) -> Iterator[Reason]:
    """A treatment is suggested for a scar only where the clinic's facts say that it can help, or where it leads anyway."""
    suits_any = leads or any((fit := facts.fit_for(scar)) and fit.is_recommended for scar in answers.scars)
    for scar in answers.scars:
        fit = facts.fit_for(scar)
        if fit is None:
            text = _("%(scar)s: we haven't rated this treatment for them.") % {"scar": scar.title}
            yield Reason(Verdict.CARE if suits_any else Verdict.NOT, text, shown_verdict=Verdict.CARE)
            continue
        words = {"scar": scar.title, "fit": fit.fit_text.lower(), "evidence": fit.get_evidence_display()}
        text = _("%(scar)s: %(fit)s. %(evidence)s.") % words + (f" {fit.note}" if fit.note else "")
        if fit.is_recommended:
            yield Reason(Verdict.ASK, text)
        elif not suits_any:
            yield Reason(Verdict.NOT, text)
        else:
            # An unsuitable scar does not rule out the treatment for the reader's other scars.
            verdict = Verdict.CARE if fit.fit == Fit.NOT_SUITABLE and not leads else Verdict.ASK
            yield Reason(verdict, text, shown_verdict=Verdict.NOT)


def judge(facts: Facts, answers: Answers, ruling: Ruling) -> Suggestion:
    """Apply all rules to one treatment. The most severe reason decides, and stands first."""
    rules = ruling.for_answers(answers)
    leads = any(rule.effect == RuleEffect.LEAD and rule.concerns(facts.treatment.is_procedure) for rule in rules)
    reasons = [
        *rule_reasons(facts, rules),
        *caution_reasons(facts, answers, rules),
        *raised_reasons(facts, answers),
        *pigment_reasons(facts, answers, ruling),
        *fit_reasons(facts, answers, leads),
    ]
    verdict = max((reason.verdict for reason in reasons), default=Verdict.CARE)
    if facts.treatment.is_off_label:
        verdict = max(verdict, Verdict.CARE)
    decisive = [reason for reason in reasons if reason.verdict == verdict]
    deciding = next((reason for reason in decisive if reason.shown == verdict), next(iter(decisive), None))
    ordered = [*([deciding] if deciding else []), *(reason for reason in reasons if reason is not deciding)]
    return Suggestion(facts, verdict, tuple(ordered), best_fit_words(facts, answers))


def best_fit_words(facts: Facts, answers: Answers) -> str:
    """For which of the reader's scars the treatment is best, and how well it suits them. Empty where it helps none."""
    recommended = [(Fit(one.fit), scar) for scar in answers.scars if (one := facts.fit_for(scar)) and one.is_recommended]
    if not recommended:
        return ""
    best, scar = min(recommended, key=lambda pair: pair[0].rank)
    return _("%(fit)s for %(scar)s.") % {"fit": best.label, "scar": scar.title[0].lower() + scar.title[1:]}


def _rank(suggestion: Suggestion, answers: Answers) -> tuple[bool, int]:
    fits = [fit for scar in answers.scars if (fit := suggestion.facts.fit_for(scar))]
    return suggestion.facts.treatment.is_off_label, min((Fit(fit.fit).rank for fit in fits), default=len(Fit))


def _without_off_label_alone(suggestions: list[Suggestion]) -> list[Suggestion]:
    """Off-label use never stands alone as what to ask about: then it waits until a clinician has looked at the whole."""
    now = [suggestion for suggestion in suggestions if suggestion.verdict <= Verdict.CARE]
    if not now or not all(suggestion.facts.treatment.is_off_label for suggestion in now):
        return suggestions
    text = _("Used alongside other methods, not as a start. Ask about it once a clinician has looked at your skin.")
    later = {id(one): replace(one, verdict=Verdict.WAIT, reasons=(Reason(Verdict.WAIT, text), *one.reasons)) for one in now}
    return [later.get(id(suggestion), suggestion) for suggestion in suggestions]


def first_words(answers: Answers, rules: Sequence[Rule]) -> Iterator[str]:
    """What comes before any treatment: somebody to see, reasons to wait, what each scar needs first."""
    sees_somebody = any(rule.effect == RuleEffect.SEE for rule in rules)
    effects = {RuleEffect.SEE, RuleEffect.WAIT, *([] if sees_somebody else [RuleEffect.LEAD])}
    if not answers.scars:
        # There is no treatment yet beside which it would be said.
        effects.add(RuleEffect.TELL)
    yield from (str(rule.sentence) for rule in rules if rule.effect in effects)
    yield from (f"{scar.title}: {scar.finder_advice}" for scar in answers.scars if scar.finder_advice)
    if answers.scars and answers.tone is None:
        yield _("You didn't give your skin tone, so to be careful we list the risks for darker skin.")


def match_treatments(all_facts: list[Facts], answers: Answers, ruling: Ruling | None = None) -> Result:
    """All treatments grouped by verdict, best verdict first. Within a group the best fit comes first, off-label use last."""
    ruling = ruling or Ruling()
    answers = replace(answers, conditions=with_scars_conditions(answers.scars, answers.conditions))
    rules = ruling.for_answers(answers)
    suggestions: list[Suggestion] = []
    if answers.scars:
        judged = sorted((judge(facts, answers, ruling) for facts in all_facts), key=lambda one: _rank(one, answers))
        suggestions = _without_off_label_alone(judged)
    groups = ((verdict, [one for one in suggestions if one.verdict == verdict]) for verdict in Verdict)
    return Result(
        first=tuple(first_words(answers, rules)),
        sees_somebody=any(rule.effect == RuleEffect.SEE for rule in rules),
        groups=tuple((verdict, members) for verdict, members in groups if members),
        asks_for_scars=not answers.scars,
    )


def with_scars_conditions(scars: Sequence[ScarTypePage], conditions: Sequence[str]) -> tuple[str, ...]:
    """The conditions for the rules: who sees a keloid now has a history of one."""
    has_keloid = any(scar.drawing == Drawing.KELOID for scar in scars)
    return (*conditions, Condition.KELOID) if has_keloid and Condition.KELOID not in conditions else tuple(conditions)
