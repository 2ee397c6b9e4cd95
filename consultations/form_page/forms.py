"""The consultation form: the fields of every request, the questions that staff add, and what makes them valid."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.phones import PhoneError, parse_phone
from common.types import Context, Extra
from consultations.actions.submit import Submission
from consultations.choices import TICKED_SIGNS, AgeGroup, ContactPreference, UrgentSign
from consultations.form_page.age import says_minor
from consultations.form_page.email_question import EmailQuestionForm
from consultations.form_page.fields import FIELD_GROUPS, RequestFields, scar_type_choices, treatment_choices
from consultations.models.request import CONTACT_FIELDS
from consultations.urgent_help import Help, acknowledged_signs, help_for, signs_in

#: Fields that some answers make necessary, so that no page calls them optional.
CONDITIONAL = ("email", "phone", "guardian_name")


#: Attributes of the field for photos: what its script says.
PHOTO_WORDS = {
    "accept": "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif",
    "multiple": True,
    "data-take": _("Take a photo now"),
    "data-remove": _("Remove"),
    "data-most": _("Only the first three are sent. Remove one to add another."),
}


class ConsultationForm(EmailQuestionForm, RequestFields):
    """A request for a consultation: the fixed fields, the questions that staff added, and what makes them valid."""

    def __init__(self, *args: Extra, questions: dict[str, forms.Field], consent_text: str, **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        self.consent_text = consent_text
        self.question_names = list(questions)
        self.fields.update(questions)
        self.order_fields([name for name in self.fields if not name.startswith("consent")])
        self.fields["concerns"].choices = scar_type_choices()  # type: ignore[attr-defined]
        self.fields["treatments"].choices = treatment_choices()  # type: ignore[attr-defined]
        for name in CONDITIONAL:
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]
        self.fields["photos"].widget.attrs.update(PHOTO_WORDS)

    @property
    def shown_consent(self) -> str:
        """A hash of the consent text in this form, so that consent to this text cannot become consent to a later one."""
        return hashlib.sha256(self.consent_text.encode()).hexdigest()[:16]

    @property
    def groups(self) -> list[Context]:
        """The groups, with the fields of each. The questions that staff add are in the group about the skin."""
        extra_fields = {"skin": self.question_names}
        return [
            {**group._asdict(), "fields": [self[field] for field in (*group.fields, *extra_fields.get(group.name, ()))]}
            for group in FIELD_GROUPS
        ]

    @cached_property
    def urgent_signs(self) -> set[UrgentSign]:
        """The signs that the patient ticked, or names in a text."""
        if not self.is_bound:
            return set()
        ticked = self.data.getlist("urgent")  # type: ignore[attr-defined]
        texts = [self.data.get(name, "") for name in ("message", *self.question_names) if isinstance(self.fields[name], forms.CharField)]
        return {sign for sign in TICKED_SIGNS if sign.value in ticked} | signs_in(texts)

    @property
    def urgency(self) -> str:
        """What the page after sending says first: “crisis” (988), “urgent”, or nothing."""
        return "crisis" if UrgentSign.SELF_HARM in self.urgent_signs else "urgent" if self.urgent_signs else ""

    @cached_property
    def acknowledged(self) -> str:
        """The signs that the patient said are not happening now, as the button names them."""
        return " ".join(sorted(self.urgent_signs & acknowledged_signs(self.data)))  # type: ignore[arg-type]

    def help_by_sign(self) -> list[Help]:
        """What to do for each sign that can be ticked, to be shown as soon as it is."""
        return help_for(TICKED_SIGNS)

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        try:
            return parse_phone(text)
        except PhoneError as problem:
            raise ValidationError(str(problem.explanation)) from problem

    def clean_consent_version(self) -> str:
        seen_version = self.cleaned_data["consent_version"]
        if seen_version and seen_version != self.shown_consent:
            self.add_error("consent", _("This text was changed while you were writing. Please read it again, then agree."))
        return seen_version

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if self.urgent_help:
            raise ValidationError(_("Please do not wait for a reply to this form."), code="urgent")
        by_email = cleaned.get("contact_preference") == ContactPreference.EMAIL
        if by_email and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please enter an e-mail address, or choose a reply by phone or text."))
        by_phone = cleaned.get("contact_preference") in (ContactPreference.PHONE, ContactPreference.TEXT)
        if by_phone and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Add a number we can call or text, or choose a reply by e-mail."))
        # Other programs may leave the question out; the page always has an answer chosen.
        cleaned["age_group"] = cleaned.get("age_group") or AgeGroup.ADULT
        if cleaned["age_group"] == AgeGroup.MINOR and not cleaned.get("guardian_name") and "guardian_name" not in self.errors:
            self.add_error(
                "guardian_name",
                _(
                    "For someone under 18, a parent or guardian must send the request. Ask one to read this with you and to put their name "
                    "here, or call us. Nothing was sent or stored."
                ),
            )
        # Asked once: whoever chooses the same again is believed.
        if self.writes_of_minor and self.data.get("age_asked") != "yes":
            self.add_error("age_group", _("You wrote that you are under 18. If so, choose “Someone under 18.” If not, send it again."))
        return cleaned

    @property
    def writes_of_minor(self) -> bool:
        """Whether an adult was chosen, and the text speaks of somebody under 18."""
        is_adult = self.is_bound and self.data.get("age_group") != AgeGroup.MINOR
        return is_adult and says_minor(self.data.get("message", ""))

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
            if name not in ("photos", "urgent", "consent", "consent_version") and not self._is_left_out(name)
        ] + [{"name": "consent", "label": str(self.fields["consent"].label), "value": self.consent_text}]

    def _is_left_out(self, name: str) -> bool:
        """Whether a field does not apply: of an adult no guardian is asked for."""
        return name == "guardian_name" and self.cleaned_data["age_group"] == AgeGroup.ADULT

    def _display_value(self, name: str, field: forms.Field) -> str:
        value = self.cleaned_data.get(name)
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        values = [str(item) for item in (value if isinstance(value, list) else [value]) if item not in (None, "")]
        labels = {str(key): label for key, label in getattr(field, "choices", ())} if values else {}
        return ", ".join(str(labels.get(item, item)) for item in values)
