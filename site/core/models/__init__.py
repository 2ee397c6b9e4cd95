"""The models that every page uses.

`User` and `SiteImage` are swappable: Django and Wagtail look them up as `core.User` and `core.SiteImage` while other models are
still loading, so this module has to import them.
"""

from accounts.models import User
from core.models.clinic import ClinicDetails
from core.models.clinicians import Clinician
from core.models.glossary import GlossaryTerm
from core.models.navigation import Navigation
from core.models.pages import BasePage, BodyMixin, ReferencesMixin
from core.models.references import Reference
from images.models import SiteImage, SiteRendition

__all__ = [
    "BasePage",
    "BodyMixin",
    "ClinicDetails",
    "Clinician",
    "GlossaryTerm",
    "Navigation",
    "Reference",
    "ReferencesMixin",
    "SiteImage",
    "SiteRendition",
    "User",
]
