"""The clinicians that pages list."""

from core.models.clinicians import Clinician
from images.prefetch import prefetch_renditions
from page_cache.memo import cached_per_version


@cached_per_version
def listed_clinicians() -> list[Clinician]:
    """All clinicians with a public page, with the renditions of their portraits prefetched."""
    clinicians = list(Clinician.objects.shown().select_related("photo"))
    prefetch_renditions(clinician.photo for clinician in clinicians)
    return clinicians
