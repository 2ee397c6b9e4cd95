"""Which treatment suits which scar: data, so that every page that says it says the same."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from core.models import Reference
from core.models.pages import ReferencesMixin
from core.references import references_by_id
from page_tree.visibility import published
from treatments.choices import Evidence, Fit


class ScarFitQuerySet(models.QuerySet["ScarFit"]):
    """Queries over what suits what."""

    def published(self) -> "ScarFitQuerySet":
        """Both ends are live, and neither is only another address of a page."""
        return published(published(self, "treatment__"), "scar_type__").filter(treatment__alias_of=None, scar_type__alias_of=None)

    def best_first(self) -> "ScarFitQuerySet":
        """From first choice to not suitable."""
        whens = [When(fit=fit.value, then=Value(fit.rank)) for fit in Fit]
        return self.annotate(fit_rank=Case(*whens, output_field=IntegerField())).order_by("fit_rank", "sort_order", "pk")


class ScarFit(ReferencesMixin, Orderable):
    """How well one treatment suits one scar type, and how sure anybody is of it."""

    treatment = ParentalKey("treatments.TreatmentPage", on_delete=models.CASCADE, related_name="scar_fits")
    scar_type = models.ForeignKey(
        "treatments.ScarTypePage", verbose_name=_("scar type"), on_delete=models.CASCADE, related_name="treatment_fits"
    )
    fit = models.CharField(_("fit"), max_length=16, choices=Fit.choices)
    # A draft or a preview cannot be shown without it, so it is asked for even then.
    fit.required_on_save = True  # type: ignore[attr-defined]
    evidence = models.CharField(_("evidence"), max_length=16, choices=Evidence.choices, default=Evidence.LIMITED)
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("What a reader should know about this pair. At most 200 characters.")
    )

    panels = [
        FieldPanel("scar_type"),
        FieldRowPanel([FieldPanel("fit"), FieldPanel("evidence")]),
        FieldPanel("note"),
        FieldPanel("references"),
    ]

    objects = ScarFitQuerySet.as_manager()

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=("treatment", "scar_type"), name="one_fit_per_treatment_and_scar_type")]
        verbose_name = _("fit for a scar type")
        verbose_name_plural = _("fits for scar types")

    def __str__(self) -> str:
        return f"{self.scar_type}: {self.get_fit_display()}"

    #: The references behind this judgment, where `with_references` has read them.
    cited_references: Sequence[Reference] = ()

    @property
    def is_recommended(self) -> bool:
        """Whether this pair may appear under what helps."""
        return Fit(self.fit).is_recommended


def with_references(fits: list[ScarFit]) -> list[ScarFit]:
    """The same fits, each knowing the references behind it, read in one query for all of them."""
    wanted = {fit: [block["value"] for block in fit.references.raw_data if block["type"] == "reference"] for fit in fits}
    references = references_by_id(Reference, {pk for chosen in wanted.values() for pk in chosen})
    for fit, chosen in wanted.items():
        fit.cited_references = [references[pk] for pk in chosen if pk in references]
    return fits
