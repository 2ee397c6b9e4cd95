"""The models that every other app builds on."""

from core.models.clinic import ClinicDetails
from core.models.clinicians import Clinician
from core.models.images import SiteImage, SiteRendition
from core.models.navigation import Navigation
from core.models.pages import BasePage, BodyMixin, ReferencesMixin
from core.models.references import Reference
from core.models.users import User

__all__ = [
    "BasePage",
    "BodyMixin",
    "ClinicDetails",
    "Clinician",
    "Navigation",
    "Reference",
    "ReferencesMixin",
    "SiteImage",
    "SiteRendition",
    "User",
]
