"""Models of treatments, scar types and results, and the facts that connect them."""

from treatments.models.aftercare import AftercarePage
from treatments.models.cautions import TreatmentCaution
from treatments.models.finder import FinderPage
from treatments.models.fits import ScarFit
from treatments.models.overview import TreatmentIndexPage
from treatments.models.results import ResultIndexPage, ResultPage, ResultPhoto
from treatments.models.scars import ScarTypeIndexPage, ScarTypePage
from treatments.models.treatments import TreatmentPage

__all__ = [
    "AftercarePage",
    "FinderPage",
    "ResultIndexPage",
    "ResultPage",
    "ResultPhoto",
    "ScarFit",
    "ScarTypeIndexPage",
    "ScarTypePage",
    "TreatmentCaution",
    "TreatmentIndexPage",
    "TreatmentPage",
]
