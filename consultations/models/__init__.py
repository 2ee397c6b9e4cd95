"""The form page, sealed requests and what belongs to them."""

from consultations.models.consent import ConsentVersion
from consultations.models.destruction import Destruction
from consultations.models.files import SealedFile
from consultations.models.limits import AttemptCount
from consultations.models.notes import SealedNote
from consultations.models.notices import Notice
from consultations.models.page import ConsultationPage, ConsultationQuestion
from consultations.models.policy import RequestPolicy
from consultations.models.record import AccessRecord, AppendOnly, RecordHead
from consultations.models.request import ConsultationRequest, SealedPhoto
from consultations.models.search import SearchToken

__all__ = [
    "AccessRecord",
    "AppendOnly",
    "AttemptCount",
    "ConsentVersion",
    "ConsultationPage",
    "ConsultationQuestion",
    "ConsultationRequest",
    "Destruction",
    "Notice",
    "RecordHead",
    "RequestPolicy",
    "SealedFile",
    "SealedNote",
    "SealedPhoto",
    "SearchToken",
]
