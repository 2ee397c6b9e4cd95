"""All treatments with their facts, read in a few queries, for the comparison and the finder."""

from dataclasses import dataclass

from page_cache.memo import cached_per_version
from page_tree.visibility import published
from treatments.models import ScarFit, ScarTypePage, TreatmentCaution, TreatmentPage
from treatments.models.cautions import most_severe_first


@dataclass(frozen=True)
class Facts:
    """What the clinic states about one treatment: fits by scar type id, and cautions, most severe first."""

    treatment: TreatmentPage
    fits: dict[int, ScarFit]
    cautions: list[TreatmentCaution]

    def fit_for(self, scar_type: ScarTypePage) -> ScarFit | None:
        """How well the treatment suits a scar type; None where the clinic has not judged it."""
        return self.fits.get(scar_type.pk)


@cached_per_version
def published_scar_types() -> list[ScarTypePage]:
    """Published scar types in the order of the page tree, without aliases."""
    return list(published(ScarTypePage.objects.filter(alias_of=None)).order_by("path").defer_streamfields())


def published_facts() -> list[Facts]:
    """Every published treatment with its facts, in three queries."""
    treatments = list(published(TreatmentPage.objects.filter(alias_of=None)).order_by("path").defer_streamfields())
    fits: dict[int, dict[int, ScarFit]] = {page.pk: {} for page in treatments}
    for fit in ScarFit.objects.published().filter(treatment__in=treatments).best_first().select_related("scar_type"):
        fits[fit.treatment_id][fit.scar_type_id] = fit
    cautions: dict[int, list[TreatmentCaution]] = {page.pk: [] for page in treatments}
    for caution in TreatmentCaution.objects.filter(treatment__in=treatments).order_by("sort_order"):
        cautions[caution.treatment_id].append(caution)
    return [Facts(page, fits[page.pk], most_severe_first(cautions[page.pk])) for page in treatments]
