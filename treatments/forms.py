"""Forms of the finder and the comparison."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.types import Extra
from treatments.choices import Condition, MonkTone
from treatments.finder_results import Answers
from treatments.models import ScarTypePage

MIN_COMPARED = 2
MAX_COMPARED = 4


class FinderForm(forms.Form):
    """Skin tone first, since it changes the risk most; then scars and conditions. Every answer is optional."""

    tone = forms.TypedChoiceField(
        label=_("Which of these is closest to your skin?"),
        choices=[*MonkTone.choices, ("", _("I would rather not say"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    scars = forms.MultipleChoiceField(label=_("What do you see?"), required=False, widget=forms.CheckboxSelectMultiple)
    conditions = forms.MultipleChoiceField(
        label=_("Does any of this apply to you?"), choices=Condition.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Extra, scar_types: list[ScarTypePage], **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        self.scar_types = scar_types
        self.fields["scars"].choices = [(page.slug, page.title) for page in scar_types]  # type: ignore[attr-defined]

    def answers(self) -> Answers:
        """The cleaned answers, with scar types instead of slugs."""
        scars = tuple(page for page in self.scar_types if page.slug in self.cleaned_data["scars"])
        return Answers(tone=self.cleaned_data["tone"], scars=scars, conditions=tuple(self.cleaned_data["conditions"]))


class CompareForm(forms.Form):
    """The choice of two to four treatments to compare."""

    t = forms.MultipleChoiceField(
        label=_("Choose two to four treatments"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose two treatments at least."),
            "invalid_choice": _("One of the treatments in this address is not on our list any more. Choose again."),
        },
    )

    def __init__(self, *args: Extra, choices: list[tuple[str, str]], **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        self.fields["t"].choices = choices  # type: ignore[attr-defined]

    def clean_t(self) -> list[str]:
        chosen = list(dict.fromkeys(self.cleaned_data["t"]))
        if len(chosen) < MIN_COMPARED:
            raise forms.ValidationError(_("Choose one more: a comparison needs two treatments."))
        if len(chosen) > MAX_COMPARED:
            raise forms.ValidationError(_("Choose four at most. More than that cannot be read side by side."))
        return chosen
