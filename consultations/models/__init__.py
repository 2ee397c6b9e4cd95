"""The form page, sealed requests and their photographs."""

from consultations.models.page import ConsultationPage, ConsultationQuestion
from consultations.models.request import ConsultationRequest, SealedPhoto

__all__ = ["ConsultationPage", "ConsultationQuestion", "ConsultationRequest", "SealedPhoto"]
