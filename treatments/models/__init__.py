"""Treatments and scar types, and the facts that join them."""

from treatments.models.fits import ScarFit
from treatments.models.scars import ScarTypeIndexPage, ScarTypePage
from treatments.models.treatments import TreatmentIndexPage, TreatmentPage

__all__ = ["ScarFit", "ScarTypeIndexPage", "ScarTypePage", "TreatmentIndexPage", "TreatmentPage"]
