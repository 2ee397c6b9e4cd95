"""Who should not have a treatment, or not yet. Stored as data, so that page, comparison, finder and leaflet show the same."""

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
    # Wagtail defers required fields when a draft is saved. This one is required even then: previews cannot be rendered without it.
    condition.required_on_save = True  # type: ignore[attr-defined]

    panels = [FieldRowPanel([FieldPanel("condition"), FieldPanel("severity")]), FieldPanel("note")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=("treatment", "condition"), name="one_caution_per_treatment_and_condition")]
        verbose_name = _("caution")
        verbose_name_plural = _("cautions")

    def __str__(self) -> str:
        return f"{self.get_condition_display()}: {self.get_severity_display()}"


def most_severe_first(cautions: Iterable[TreatmentCaution]) -> list[TreatmentCaution]:
    """The cautions sorted by severity, those that rule out the treatment first."""
    return sorted(cautions, key=lambda caution: Severity(caution.severity).rank)
