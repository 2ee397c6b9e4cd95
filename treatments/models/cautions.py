"""Who should not have a treatment, or not yet: data, for the page, the comparison, the finder and the leaflet."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from treatments.choices import Condition, Severity


class TreatmentCaution(Orderable):
    """What one condition means for one treatment."""

    treatment = ParentalKey("treatments.TreatmentPage", on_delete=models.CASCADE, related_name="cautions")
    condition = models.CharField(_("condition"), max_length=24, choices=Condition.choices)
    severity = models.CharField(_("what follows"), max_length=8, choices=Severity.choices, default=Severity.ASK)
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Why, or what to do. At most 200 characters."))
    # A draft or a preview cannot be shown without it, so it is asked for even then.
    condition.required_on_save = True  # type: ignore[attr-defined]

    panels = [FieldRowPanel([FieldPanel("condition"), FieldPanel("severity")]), FieldPanel("note")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=("treatment", "condition"), name="one_caution_per_treatment_and_condition")]
        verbose_name = _("caution")
        verbose_name_plural = _("cautions")

    def __str__(self) -> str:
        return f"{self.get_condition_display()}: {self.get_severity_display()}"


def gravest_first(cautions: Iterable[TreatmentCaution]) -> list[TreatmentCaution]:
    """What rules a treatment out comes before what only wants to be told."""
    return sorted(cautions, key=lambda caution: Severity(caution.severity).rank)
