"""Sealed requests and what belongs to them. The page with the form is in `consultations.form_page`.

Within this app, import the submodules to avoid import cycles. This module is for tests and for the layers above.
"""

from consultations.models.access_log import AccessLogEntry, AccessLogHead, AppendOnlyError
from consultations.models.consent import ConsentVersion
from consultations.models.deletion import DeletionCertificate
from consultations.models.notes import SealedNote
from consultations.models.outgoing_mail import OutgoingMail
from consultations.models.policy import RequestPolicy
from consultations.models.rate_limits import AttemptCount
from consultations.models.request import ConsultationRequest, SealedPhoto
from consultations.models.search import SearchToken
from consultations.models.urgent_signs import UrgentAdvice, UrgentWords

__all__ = [
    "AccessLogEntry",
    "AccessLogHead",
    "AppendOnlyError",
    "AttemptCount",
    "ConsentVersion",
    "ConsultationRequest",
    "DeletionCertificate",
    "OutgoingMail",
    "RequestPolicy",
    "SealedNote",
    "SealedPhoto",
    "SearchToken",
    "UrgentAdvice",
    "UrgentWords",
]
