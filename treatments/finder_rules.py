"""The finder's rules as data: what an answer of a reader means, whichever scar it is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treatments.choices import Condition, MonkTone, RuleEffect, RuleScope

#: Sample value. The clinician sets it on the finder's page.
DEFAULT_PIGMENT_TONE = MonkTone.T5


@dataclass(frozen=True)
class Rule:
    """One rule: its condition, the treatments that it is about, what it does, and the sentence that a reader reads."""

    condition: Condition
    scope: RuleScope
    effect: RuleEffect
    sentence: str | Promise
    #: Names of the works that it rests on, as a reader can look them up.
    sources: tuple[str, ...] = ()

    def concerns(self, is_procedure: bool) -> bool:
        """Whether it is about procedures, or about skincare."""
        return self.scope == RuleScope.ALL or (self.scope == RuleScope.PROCEDURES) == is_procedure


#: What applies where no page with rules is published.
DEFAULT_RULES = (
    Rule(
        Condition.INFECTION, RuleScope.ALL, RuleEffect.SEE,
        _(
            "Infected or broken skin comes first: phone us, so that somebody looks at it. "
            "With a fever while we are closed, go to an emergency department."
        ),
    ),
    Rule(
        Condition.PREGNANCY, RuleScope.PROCEDURES, RuleEffect.WAIT,
        _("In pregnancy and while breastfeeding we put off every procedure."),
    ),
    Rule(
        Condition.PREGNANCY, RuleScope.SKINCARE, RuleEffect.TELL,
        _("No retinoids in pregnancy or while breastfeeding. Ask us which products fit."),
    ),
    Rule(
        Condition.TAN, RuleScope.PROCEDURES, RuleEffect.WAIT,
        _("A tan or sunburn fades first, before any procedure."),
    ),
    Rule(
        Condition.ACTIVE_ACNE, RuleScope.PROCEDURES, RuleEffect.WAIT,
        _("Active acne is calmed first, since new spots can leave new scars."), ("PMID 38300170",),
    ),
    Rule(
        Condition.ACTIVE_ACNE, RuleScope.SKINCARE, RuleEffect.LEAD,
        _("Skincare that calms acne comes first."), ("PMID 38300170",),
    ),
    Rule(
        Condition.ISOTRETINOIN, RuleScope.ALL, RuleEffect.TELL,
        _("Tell us about isotretinoin: your clinician decides on the timing."), ("PMID 28498204", "PMID 28658462"),
    ),
    Rule(
        Condition.KELOID, RuleScope.PROCEDURES, RuleEffect.TELL,
        _("A keloid at any time raises the risk of every procedure."), ("doi:10.1007/s40257-016-0175-7",),
    ),
    Rule(
        Condition.COLD_SORES, RuleScope.PROCEDURES, RuleEffect.TELL,
        _("Cold sores can come back after a procedure. We can plan for them."),
    ),
    Rule(Condition.ALLERGY, RuleScope.ALL, RuleEffect.TELL, _("Tell us what you are allergic to before anything is planned.")),
    Rule(
        Condition.BLOOD_THINNERS, RuleScope.PROCEDURES, RuleEffect.TELL,
        _("Bruises are more likely with blood thinners. Do not stop a prescribed medicine on your own."),
    ),
)  # fmt: skip
