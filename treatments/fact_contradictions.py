"""Finds sentences that contradict the facts, so that a page's text and the facts always agree."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from django.utils.translation import gettext as _

from common.types import SpecificPage
from content_checks.checker import Finding
from content_checks.claims import is_question, plain_text, sentences_of
from content_checks.negation import NOT, any_of
from content_checks.passages import passages_of
from treatments.choices import Drawing, Fit, ScarGroup
from treatments.models import ScarFit, ScarTypePage, TreatmentPage

#: The group that each drawing shows (Jacob 2001, PMID 11423843; Fabbrocini 2010, doi:10.1155/2010/893080).
GROUP_OF_DRAWING: dict[str, ScarGroup] = {
    Drawing.ICE_PICK: ScarGroup.DEPRESSED,
    Drawing.BOXCAR: ScarGroup.DEPRESSED,
    Drawing.ROLLING: ScarGroup.DEPRESSED,
    Drawing.HYPERTROPHIC: ScarGroup.RAISED,
    Drawing.KELOID: ScarGroup.RAISED,
    Drawing.RED_MARK: ScarGroup.FLAT,
    Drawing.BROWN_MARK: ScarGroup.FLAT,
}
RAISED = any_of(
    "raised", "elevated", "bumps?", "lumps?", "stands? (?:up|out)", "sticks? out", r"protrud\w+", "excess (?:tissue|collagen)", "thickened",
    "above the skin",
)  # fmt: skip
SUNKEN = any_of("depressed", "sunken", "pitted", "pits?", "dips?", "dents?", "below the skin", "lost tissue", "indented")
#: A sentence with one of these denies, compares or qualifies. A pattern cannot judge it, so it is not checked.
QUALIFIERS = any_of(
    "not", "no", "never", "nor", "neither", "none", "cannot", "without", "hardly", "poor", "poorly", "unsuitable", "unsuited", "avoid",
    "instead", "unlike", "than", "rather", "too", "little", "nothing", "wrong", "mistake", "myth", "other", "refer", "before", "risk",
    "worse", "whether", "if", "until", "unless", "while", "alone", "or", also=NOT,
)  # fmt: skip
PRAISE = any_of(
    "helps?", "treats?", "improves?", "works?", "suits?", "ideal", "best", r"recommend\w*", "first choice", "good choice", "effective",
    "lifts?", "smooths?", "softens?", "fades?", "fills?", "reduces?", "(?:right|made|great|perfect) for",
)  # fmt: skip
#: Words by which a sentence on a treatment's own page may mean that treatment without naming it.
SELF_REFERENCE = re.compile(r"\b(?:it|this|we|our)\b", re.IGNORECASE)

#: A page that the facts are about.
MedicalPage: TypeAlias = TreatmentPage | ScarTypePage


def names_of(page: MedicalPage) -> list[str]:
    """The names of a page's subject in lower case and in the singular: its title and its everyday names."""
    names = [page.title, *page.also_called.split(",")]
    cleaned = (re.sub(r"\(.*?\)", "", name).strip().lower() for name in names)
    return [re.sub(r"s$", "", name) if len(name) > 4 else name for name in cleaned if name]


def pattern_for(page: MedicalPage) -> re.Pattern[str]:
    """A pattern that finds a page's subject in a sentence, singular or plural, with or without a hyphen."""
    alternatives = [r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", name))) for name in names_of(page)]
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")(?:s|es)?\b", re.IGNORECASE)


class FactChecker:
    """Compares the text of a draft with the published facts. The draft's own facts replace its published ones."""

    def __init__(self, page: SpecificPage) -> None:
        self.page = page
        self.treatments = {other.pk: other for other in TreatmentPage.objects.filter(live=True, alias_of=None).defer_streamfields()}
        self.scars = {other.pk: other for other in ScarTypePage.objects.filter(live=True, alias_of=None).defer_streamfields()}
        self.fits = {(fit.treatment_id, fit.scar_type_id): fit.fit for fit in ScarFit.objects.all()}
        if isinstance(page, TreatmentPage):
            self.treatments[page.pk] = page
            self.fits = {pair: fit for pair, fit in self.fits.items() if pair[0] != page.pk}
            self.fits.update({(page.pk, fit.scar_type_id): fit.fit for fit in page.scar_fits.all()})
        elif isinstance(page, ScarTypePage):
            self.scars[page.pk] = page
        self.treatment_patterns = {pk: pattern_for(other) for pk, other in self.treatments.items()}
        self.scar_patterns = {pk: pattern_for(other) for pk, other in self.scars.items()}

    def check(self) -> Iterator[Finding]:
        """Yield every contradiction, in the order of the text."""
        yield from self.check_drawing()
        for where, passage in passages_of(self.page):
            for sentence in sentences_of(plain_text(passage)):
                yield from self.check_sentence(sentence, where)

    def check_drawing(self) -> Iterator[Finding]:
        """Yield a finding where the scar type's group is not the one that its drawing shows."""
        group = GROUP_OF_DRAWING.get(str(getattr(self.page, "drawing", "")))
        page_group = getattr(self.page, "group", None)
        if group is not None and page_group is not None and page_group != group:
            advice = _("The drawing shows a scar of the group “%(group)s”. Change the group or the drawing.") % {"group": group.label}
            yield Finding(
                "wrong-group", _("Contradicts the facts"), str(ScarGroup(page_group).label), "", advice, _("At a glance"), is_serious=True
            )

    def check_sentence(self, sentence: str, where: str) -> Iterator[Finding]:
        """Yield findings where a sentence calls a depressed scar raised or the reverse, or praises a treatment that is not a fit."""
        if is_question(sentence) or QUALIFIERS.search(sentence):
            return
        scars = [pk for pk, pattern in self.scar_patterns.items() if pattern.search(sentence)]
        groups = {self.scars[pk].group for pk in scars}
        for group, wrong_words in ((ScarGroup.DEPRESSED, RAISED), (ScarGroup.RAISED, SUNKEN)):
            if groups == {group} and (match := wrong_words.search(sentence)):
                names = ", ".join(self.scars[pk].title for pk in scars)
                advice = _("%(names)s: %(group)s. The sentence says otherwise.") % {"names": names, "group": str(group.label).lower()}
                yield Finding("wrong-surface", _("Contradicts the facts"), match.group(), sentence, advice, where, is_serious=True)
        if PRAISE.search(sentence):
            yield from self.check_praise(sentence, where, scars)

    def check_praise(self, sentence: str, where: str, scars: list[int]) -> Iterator[Finding]:
        """Check a sentence that recommends. Where it names no treatment or scar type, the page's own subject is assumed."""
        treatments = [pk for pk, pattern in self.treatment_patterns.items() if pattern.search(sentence)]
        if not treatments and SELF_REFERENCE.search(sentence):
            treatments = [pk for pk in self.treatments if pk == self.page.pk]
        scars = scars or [pk for pk in self.scars if pk == self.page.pk]
        for treatment in treatments:
            unfit = [scar for scar in scars if (fit := self.fits.get((treatment, scar))) and not Fit(fit).is_recommended]
            # A sentence about several scars may praise the treatment for those that are a fit, so all must be unfit.
            if unfit and len(unfit) == len(scars) and len(treatments) == 1:
                names = {"treatment": self.treatments[treatment].title, "scar": self.scars[unfit[0]].title}
                fit = str(Fit(self.fits[treatment, unfit[0]]).label).lower()
                advice = _("The facts call %(treatment)s for %(scar)s: %(fit)s. Change the sentence or the facts.") % {**names, "fit": fit}
                yield Finding(
                    "unfit-praised", _("Contradicts the facts"), self.treatments[treatment].title, sentence, advice, where, is_serious=True
                )
