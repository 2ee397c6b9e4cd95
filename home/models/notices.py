"""The legal notices that a clinic's website must publish."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalNoticeKind(models.TextChoices):
    """Kinds of legal notices. The dashboard expects one published page for each."""

    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    NON_DISCRIMINATION = "non_discrimination", _("Non-discrimination")
    GOOD_FAITH_ESTIMATE = "good_faith_estimate", _("Good-faith estimate")
    COMPLAINTS = "complaints", _("Complaint contact")
