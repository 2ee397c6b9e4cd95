"""The models that every other app builds on."""

from core.models.approvals import Approval, ReviewPolicy
from core.models.clinic import ClinicDetails
from core.models.clinicians import Clinician
from core.models.consents import PhotoConsent
from core.models.due import DueMail
from core.models.glossary import GlossaryTerm
from core.models.images import SiteImage, SiteRendition
from core.models.medical import ClinicianReviewMixin, MedicalMixin
from core.models.navigation import Navigation
from core.models.pages import BasePage, BodyMixin, ReferencesMixin
from core.models.references import Reference
from core.models.tasks import ClinicianApprovalTask, ClinicianApprovalTaskState
from core.models.users import User
from core.models.words import WordRule

__all__ = [
    "Approval",
    "BasePage",
    "BodyMixin",
    "ClinicDetails",
    "Clinician",
    "ClinicianApprovalTask",
    "ClinicianApprovalTaskState",
    "ClinicianReviewMixin",
    "DueMail",
    "GlossaryTerm",
    "MedicalMixin",
    "Navigation",
    "PhotoConsent",
    "Reference",
    "ReferencesMixin",
    "ReviewPolicy",
    "SiteImage",
    "SiteRendition",
    "User",
    "WordRule",
]
