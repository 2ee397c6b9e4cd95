"""Which treatment suits which scar type. Stored as data, so that all pages show the same."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext
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
    """Queries over fits."""

    def published(self) -> "ScarFitQuerySet":
        """Fits of a published treatment and a published scar type, without aliases."""
        return published(published(self, "treatment__"), "scar_type__").filter(treatment__alias_of=None, scar_type__alias_of=None)

    def best_first(self) -> "ScarFitQuerySet":
        """Sorted from first choice to not suitable."""
        whens = [When(fit=fit.value, then=Value(fit.rank)) for fit in Fit]
        return self.annotate(fit_rank=Case(*whens, output_field=IntegerField())).order_by("fit_rank", "sort_order", "pk")


class ScarFit(ReferencesMixin, Orderable):
    """How well one treatment suits one scar type, and how strong the evidence is."""

    treatment = ParentalKey("treatments.TreatmentPage", on_delete=models.CASCADE, related_name="scar_fits")
    scar_type = models.ForeignKey(
        "treatments.ScarTypePage", verbose_name=_("scar type"), on_delete=models.CASCADE, related_name="treatment_fits"
    )
    fit = models.CharField(_("fit"), max_length=16, choices=Fit.choices)
    # Wagtail defers required fields when a draft is saved. This one is required even then: previews cannot be rendered without it.
    fit.required_on_save = True  # type: ignore[attr-defined]
    evidence = models.CharField(_("evidence"), max_length=16, choices=Evidence.choices, default=Evidence.LIMITED)
    is_selected_cases = models.BooleanField(
        _("in selected cases only"), default=False, help_text=_("Then every list says so beside the fit, not only the note.")
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("What a reader should know about this pair. At most 200 characters.")
    )

    panels = [
        FieldPanel("scar_type"),
        FieldRowPanel([FieldPanel("fit"), FieldPanel("evidence")]),
        FieldPanel("is_selected_cases"),
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

    #: The references behind this fit. Set by `with_references`, empty otherwise.
    cited_references: Sequence[Reference] = ()

    @property
    def fit_text(self) -> str:
        """Such as “Can help, in selected cases”."""
        return gettext("%(fit)s, in selected cases") % {"fit": self.get_fit_display()} if self.is_selected_cases else self.get_fit_display()

    @property
    def is_recommended(self) -> bool:
        """Whether pages may list this pair under what helps."""
        return Fit(self.fit).is_recommended


def with_references(fits: list[ScarFit]) -> list[ScarFit]:
    """Set `cited_references` on these fits, with one query for all of them, and return them."""
    ids_by_fit = {fit: [block["value"] for block in fit.references.raw_data if block["type"] == "reference"] for fit in fits}
    references = references_by_id(Reference, {pk for ids in ids_by_fit.values() for pk in ids})
    for fit, ids in ids_by_fit.items():
        fit.cited_references = [references[pk] for pk in ids if pk in references]
    return fits
