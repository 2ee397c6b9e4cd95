"""The legal notices that a clinic's website owes its readers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalNoticeKind(models.TextChoices):
    """What a notice is about. The site expects one page for each."""

    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    NON_DISCRIMINATION = "non_discrimination", _("Non-discrimination")
    GOOD_FAITH_ESTIMATE = "good_faith_estimate", _("Good-faith estimate")
    COMPLAINTS = "complaints", _("Complaint contact")
