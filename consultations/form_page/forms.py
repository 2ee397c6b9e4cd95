"""The consultation form: the site's fixed fields, and the questions that staff add."""

import hashlib
from typing import TypeAlias

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from common.phones import parse_phone
from common.types import Context, Extra
from consultations.actions.submit import Submission
from consultations.choices import NOT_SURE, TICKED_SIGNS, ContactPreference, PreferredTime, UrgentSign
from consultations.form_page.photos_field import PhotosField
from consultations.models.request import CONTACT_FIELDS
from consultations.urgent_help import Help, acknowledged_signs, help_for, signs_in
from page_cache.memo import cached_per_version
from page_tree.visibility import published
from treatments.models import ScarTypePage, TreatmentPage

#: A value and its label.
Choice: TypeAlias = tuple[str, str | Promise]

#: The groups of fields in the order of the page: name, title, fields.
FIELD_GROUPS = (
    ("urgent", _("First: is it urgent?"), ("urgent",)),
    ("you", _("About you"), ("name", "email", "phone", "contact_preference", "voicemail_ok")),
    ("skin", _("Your skin"), ("concerns", "treatments", "message", "photos")),
    ("visit", _("A visit"), ("preferred_times",)),
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


class ConsultationForm(forms.Form):
    """A request for a consultation."""

    urgent = forms.MultipleChoiceField(
        label=_("Do you have any of these signs?"),
        choices=[(sign.value, sign.label) for sign in TICKED_SIGNS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what fits now. If one does, we tell you at once what to do."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("So that we know how to address you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("So that we can answer you. We confirm here that your request arrived, and never send health details by e-mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("For a call back. Leave it empty if you prefer e-mail."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    contact_preference = forms.ChoiceField(
        label=_("How may we answer?"),
        choices=ContactPreference.choices,
        initial=ContactPreference.EMAIL,
        widget=forms.RadioSelect,
        help_text=_("So that we reach you in the way that suits you."),
    )
    voicemail_ok = forms.BooleanField(
        label=_("You may leave a voicemail"), required=False, help_text=_("Leave this empty if other people listen to your messages.")
    )
    concerns = forms.MultipleChoiceField(
        label=_("Which scars or marks bother you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It helps us to plan enough time. A guess is fine."),
    )
    treatments = forms.MultipleChoiceField(
        label=_("Is there a treatment you want to ask about?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You need not choose. We look at your skin first."),
    )
    message = forms.CharField(
        label=_("What would you like to tell us?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you have tried, medicines, allergies, pregnancy: whatever may matter. At most 4,000 characters."),
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        help_text=_(
            "They show us depth and color before we meet. Up to three. JPEG, PNG, WebP or HEIC, 10 MB each. "
            "Place and time are taken out of them, and they are sealed like your words."
        ),
    )
    preferred_times = forms.MultipleChoiceField(
        label=_("When would a visit suit you?"),
        choices=PreferredTime.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("So that we offer times you can keep."),
    )
    consent = forms.BooleanField(label=_("I agree"), error_messages={"required": _("We may only read your request if you agree.")})
    #: Identifies the consent text that the patient saw. The honeypot and the signed time of opening are in the template.
    consent_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Extra, questions: dict[str, forms.Field], consent_text: str, **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        self.consent_text = consent_text
        self.question_names = list(questions)
        self.fields.update(questions)
        self.order_fields([name for name in self.fields if not name.startswith("consent")])
        self.fields["concerns"].choices = scar_type_choices()  # type: ignore[attr-defined]
        self.fields["treatments"].choices = treatment_choices()  # type: ignore[attr-defined]
        self.fields["photos"].widget.attrs.update({"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif", "multiple": True})

    @property
    def shown_consent(self) -> str:
        """A hash of the consent text in this form, so that consent to this text cannot become consent to a later one."""
        return hashlib.sha256(self.consent_text.encode()).hexdigest()[:16]

    @property
    def groups(self) -> list[Context]:
        """The fields in their groups: `name`, `title`, `fields`. The questions that staff add are in the group about the skin."""
        extra_fields = {"skin": self.question_names}
        return [
            {"name": name, "title": title, "fields": [self[field] for field in (*fields, *extra_fields.get(name, ()))]}
            for name, title, fields in FIELD_GROUPS
        ]

    @cached_property
    def urgent_signs(self) -> set[UrgentSign]:
        """The signs that the patient ticked, or names in a text."""
        if not self.is_bound:
            return set()
        ticked = self.data.getlist("urgent")  # type: ignore[attr-defined]
        texts = [self.data.get(name, "") for name in ("message", *self.question_names) if isinstance(self.fields[name], forms.CharField)]
        return {sign for sign in TICKED_SIGNS if sign.value in ticked} | signs_in(texts)

    @cached_property
    def acknowledged(self) -> str:
        """The signs that the patient said are not happening now, as the button names them."""
        return " ".join(sorted(self.urgent_signs & acknowledged_signs(self.data)))  # type: ignore[arg-type]

    @cached_property
    def urgent_help(self) -> list[Help]:
        """What to do now. Empty where nothing is urgent. If there is any, the page shows it and nothing is stored."""
        return help_for(self.urgent_signs - acknowledged_signs(self.data)) if self.is_bound else []  # type: ignore[arg-type]

    def help_by_sign(self) -> list[Help]:
        """What to do for each sign that can be ticked, to be shown as soon as it is."""
        return help_for(TICKED_SIGNS)

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        try:
            return parse_phone(text)
        except phonenumbers.NumberParseException as problem:
            raise ValidationError(
                _("We could not read this number. Write it such as (202) 555-0123, or with + and the country code.")
            ) from problem

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        try:
            address.rpartition("@")[2].encode("idna")
        except UnicodeError as problem:
            raise ValidationError(_("No mail can be sent to this address. Please check the part after the @.")) from problem
        return address

    def clean_consent_version(self) -> str:
        seen_version = self.cleaned_data["consent_version"]
        if seen_version and seen_version != self.shown_consent:
            self.add_error("consent", _("This text was changed while you were writing. Please read it again, then agree."))
        return seen_version

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if self.urgent_help:
            raise ValidationError(_("Please do not wait for a reply to this form."), code="urgent")
        if cleaned.get("contact_preference") == ContactPreference.PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Give a number that we may call, or choose an answer by e-mail."))
        return cleaned

    def submission(self) -> Submission:
        """The cleaned data to store: contact details, answers, consent and photos."""
        return Submission(
            contact={name: self.cleaned_data[name] for name in CONTACT_FIELDS},
            answers=self.answers(),
            consent_text=self.consent_text,
            photos=self.cleaned_data["photos"] or [],
            may_be_urgent=bool(self.urgent_signs),
        )

    def answers(self) -> list[dict[str, str]]:
        """Every answer in the order of the form: `name`, `label`, and the `value` as text with labels instead of stored values."""
        return [
            {"name": name, "label": str(field.label), "value": self._display_value(name, field)}
            for name, field in self.fields.items()
            if name not in ("photos", "urgent", "consent", "consent_version")
        ] + [{"name": "consent", "label": str(self.fields["consent"].label), "value": self.consent_text}]

    def _display_value(self, name: str, field: forms.Field) -> str:
        value = self.cleaned_data.get(name)
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        values = [str(item) for item in (value if isinstance(value, list) else [value]) if item not in (None, "")]
        labels = {str(key): label for key, label in getattr(field, "choices", ())} if values else {}
        return ", ".join(str(labels.get(item, item)) for item in values)
