"""The fixed vocabularies of a consultation request."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How far the front desk has processed a request."""

    NEW = "new", _("New")
    CONTACTED = "contacted", _("Contacted")
    SCHEDULED = "scheduled", _("Scheduled")
    CLOSED = "closed", _("Closed")
    SPAM = "spam", _("Spam")


#: Nothing is left to do, so the retention period runs.
FINISHED = (Status.CLOSED, Status.SPAM)


class Suspicion(models.TextChoices):
    """Why a request may come from a bot. It is stored all the same, because a browser with autofill looks like one."""

    HONEYPOT = "trap", _("It filled in a field that people do not see.")
    FAST = "fast", _("It was sent within two seconds of opening the form.")
    UNOPENED = "unopened", _("It was sent without opening the form, or a day later.")


class UrgentSign(models.TextChoices):
    """Families of signs that must not wait for a reply, the gravest first. Who ticks or names one reads what to do now."""

    SELF_HARM = "self_harm", _("Thoughts of dying, or of harming yourself")
    FILLER = "filler", _("After a filler: pain, white or mottled skin, any change in your sight, trouble speaking or moving")
    ALLERGY = "allergy", _("Swelling of face, tongue or throat, trouble breathing, or hives all over")
    INFECTION = "infection", _("After a procedure: redness that spreads, pus, fever, or cold sores")
    BURN = "burn", _("After a laser, peel or other device: blisters, raw or black skin")
    MOLE = "mole", _("A mole or spot that is new, growing, bleeding or changing")


#: The signs with which nobody waits for the clinic.
EMERGENCIES = (UrgentSign.FILLER, UrgentSign.ALLERGY)
#: The signs that the form asks about with a tick. Nobody is asked to tick the other one: it is read in what they write.
TICKED_SIGNS = tuple(sign for sign in UrgentSign if sign != UrgentSign.SELF_HARM)


class ContactPreference(models.TextChoices):
    """How the patient wants to be answered."""

    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("By phone")
    TEXT = "text", _("By text")


class AgeGroup(models.TextChoices):
    """Who the request is about. For a minor a parent or guardian sends it."""

    ADULT = "adult", _("Someone 18 or older")
    MINOR = "minor", _("Someone under 18")


class PreferredTime(models.TextChoices):
    """When a visit would suit the patient."""

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


class NoteKind(models.TextChoices):
    """What a sealed note describes."""

    NOTE = "note", _("Note")
    CALL = "call", _("Phoned")
    VOICEMAIL = "voicemail", _("Left a voicemail")
    EMAIL = "email", _("Wrote an e-mail")
    PATIENT = "patient", _("The patient wrote")


#: Kinds of notes that staff may write. The rest come from patients.
STAFF_NOTE_KINDS = tuple(kind for kind in NoteKind if kind != NoteKind.PATIENT)


class Action(models.TextChoices):
    """What an entry of the access log describes."""

    LISTED = "listed", _("Saw names in the inbox")
    OPENED = "opened", _("Opened the request")
    PHOTO = "photo", _("Looked at a photo")
    PRINTED = "printed", _("Printed the request")
    CANNOT_OPEN = "cannot-open", _("Could not open it")
    STATUS = "status", _("Changed the status")
    OWNER = "owner", _("Changed who looks after it")
    NOTED = "noted", _("Wrote a note")
    MESSAGE = "message", _("Added a message")
    EXPORTED = "exported", _("Exported it")
    DESTROYED = "destroyed", _("Destroyed it")
    SEARCHED = "searched", _("Searched the inbox")
    KEYS = "keys", _("Changed the clinic's keys")
    SIGNED_FORM = "signed-form", _("Opened a signed consent")
    SETTINGS = "settings", _("Changed how long requests are kept")
    SIGNED_IN = "signed-in", _("Signed in")
    SIGNED_OUT = "signed-out", _("Signed out")
    PASSWORD = "password", _("Password")
    ACCOUNT = "account", _("Changed an account")
    FACTOR = "factor", _("Changed a second factor")
    WRONG_CODE = "wrong-code", _("Gave a wrong second-factor code")
    SIGN_IN_FAILED = "sign-in-failed", _("Tried to sign in and failed")


class MailKind(models.TextChoices):
    """The mails that are sent about a request."""

    STAFF = "staff", _("A request waits")
    MESSAGE = "message", _("A patient added a message")
    PATIENT = "patient", _("We have your request")


class DestructionReason(models.TextChoices):
    """Why a request was destroyed."""

    WITHDRAWN = "withdrawn", _("Withdrawn by the patient")
    DUE = "due", _("Closed, and past the time the clinic keeps requests")
    STAFF = "staff", _("Deleted by the clinic")


#: The choice of a patient who cannot name the scar or the treatment.
NOT_SURE = "not-sure"
