"""The fixed vocabularies of a consultation request."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How far the front desk has come."""

    NEW = "new", _("New")
    CONTACTED = "contacted", _("Contacted")
    SCHEDULED = "scheduled", _("Scheduled")
    CLOSED = "closed", _("Closed")


class UrgentSign(models.TextChoices):
    """Signs that must not wait for a reply; whoever ticks one is told what to do, and nothing is stored."""

    MOLE = "mole", _("A mole or spot that is changing or bleeding")
    INFECTION = "infection", _("After a procedure: redness that spreads, pus, or fever")
    FILLER = "filler", _("After a filler: pain, white or mottled skin, or any change in your sight")


class ContactPreference(models.TextChoices):
    """How to answer."""

    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("By phone")


class PreferredTime(models.TextChoices):
    """When a visit would suit."""

    MON_AM = "mon_am", _("Monday morning")
    MON_PM = "mon_pm", _("Monday afternoon")
    TUE_AM = "tue_am", _("Tuesday morning")
    TUE_PM = "tue_pm", _("Tuesday afternoon")
    WED_AM = "wed_am", _("Wednesday morning")
    WED_PM = "wed_pm", _("Wednesday afternoon")
    THU_AM = "thu_am", _("Thursday morning")
    THU_PM = "thu_pm", _("Thursday afternoon")
    FRI_AM = "fri_am", _("Friday morning")
    FRI_PM = "fri_pm", _("Friday afternoon")


#: For somebody who cannot name the scar or the treatment.
NOT_SURE = "not-sure"
