"""The fields of every consultation request, and the groups in which the page shows them."""

from typing import NamedTuple, TypeAlias

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from consultations.choices import NOT_SURE, TICKED_SIGNS, AgeGroup, ContactPreference, PreferredTime
from consultations.form_page.photos_field import PhotosField
from consultations.text_fields import LineField, LongTextField
from consultations.urgent_form import UrgentSignsForm
from page_cache.memo import cached_per_version
from page_tree.visibility import published
from treatments.models import ScarTypePage, TreatmentPage

#: A value and its label.
Choice: TypeAlias = tuple[str, str | Promise]


class FieldGroup(NamedTuple):
    """A group of fields under one title."""

    name: str
    title: str | Promise
    fields: tuple[str, ...]
    #: Said once, instead of at every field.
    is_optional: bool = False


#: The groups in the order of the page.
FIELD_GROUPS = (
    FieldGroup("urgent", _("First: is it urgent?"), ("urgent",)),
    FieldGroup(
        "you",
        _("About you"),
        ("age_group", "guardian_name", "name", "email", "phone", "contact_preference", "voicemail_ok", "preferred_times"),
    ),
    FieldGroup("skin", _("Your skin"), ("concerns", "treatments", "message", "photos"), is_optional=True),
)


def page_choices(pages: QuerySet[Page], not_sure: Choice) -> list[Choice]:
    """A choice for each page, by its slug, and last the one for patients who do not know."""
    return [*pages.order_by("path").values_list("slug", "title"), not_sure]


@cached_per_version
def scar_type_choices() -> list[Choice]:
    """The published scar types by slug, and “I am not sure”."""
    return page_choices(published(ScarTypePage.objects.all()), (NOT_SURE, _("I am not sure")))


@cached_per_version
def treatment_choices() -> list[Choice]:
    """The published treatments by slug, and “I would like advice”."""
    return page_choices(published(TreatmentPage.objects.all()), (NOT_SURE, _("I would like advice")))


def initial_from_query(query: QueryDict) -> dict[str, list[str]]:
    """Initial values from the query string of a link to the form: `?concern=` and `?treatment=`, each up to ten times."""
    return {"concerns": query.getlist("concern")[:10], "treatments": query.getlist("treatment")[:10]}


class RequestFields(UrgentSignsForm):
    """The fields of every request, in the order of the page."""

    urgent = forms.MultipleChoiceField(
        label=_("Do you have any of these signs?"),
        choices=[(sign.value, sign.label) for sign in TICKED_SIGNS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Check any you have now and see at once what to do."),
    )
    age_group = forms.ChoiceField(
        label=_("Who is this request for?"),
        choices=AgeGroup.choices,
        initial=AgeGroup.ADULT,
        required=False,
        widget=forms.RadioSelect,
    )
    guardian_name = LineField(
        label=_("Name of the parent or guardian who sends this"),
        max_length=120,
        required=False,
        help_text=_(
            "For someone under 18, a parent or guardian sends the request and comes along to the first visit. "
            "On your own? Ask one of them to help, or call us: you don't have to give your name."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = LineField(
        label=_("Patient's name"),
        max_length=120,
        error_messages={"required": _("Please enter the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("We confirm here, and never e-mail health details."),
        error_messages={
            "invalid": _("This address looks incomplete. It should look like ana@mail.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = LineField(
        label=_("Phone"),
        max_length=60,
        required=False,
        help_text=_("Needed for a call or a text."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    contact_preference = forms.ChoiceField(
        label=_("How should we reply?"),
        choices=ContactPreference.choices,
        initial=ContactPreference.EMAIL,
        widget=forms.RadioSelect,
    )
    voicemail_ok = forms.BooleanField(
        label=_("It's OK to leave a voicemail"),
        required=False,
        help_text=_("Leave this unchecked if other people listen to your messages."),
    )
    concerns = forms.MultipleChoiceField(
        label=_("Which scars or marks bother you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A guess is fine."),
    )
    treatments = forms.MultipleChoiceField(
        label=_("Do you want to ask about a treatment?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    message = LongTextField(
        label=_("What would you like to tell us?"),
        required=False,
        max_length=4000,
        help_text=_("What you have tried, medicines, allergies, pregnancy: whatever may matter. At most 4,000 characters."),
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        help_text=_("Up to three, 14 MB each. We strip out place and time, and seal photos like your words."),
    )
    preferred_times = forms.MultipleChoiceField(
        label=_("When would a visit suit you?"),
        choices=PreferredTime.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField(
        label=_("I agree"),
        error_messages={"required": _("Please check the “I agree” box so we can read your request.")},
    )
    #: Identifies the consent text that the patient saw. The honeypot and the signed time of opening are in the template.
    consent_version = forms.CharField(required=False, widget=forms.HiddenInput)
