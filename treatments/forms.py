"""What readers choose for the finder and for a comparison."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.choices import Condition, MonkTone, ScarGroup
from treatments.finder import Answers
from treatments.models import ScarTypePage

MIN_COMPARED = 2
MAX_COMPARED = 4


class FinderForm(forms.Form):
    """A few questions, the risk in darker skin first. Every answer may be left out."""

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

    def __init__(self, *args: Any, scar_types: list[ScarTypePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scar_types = scar_types
        self.fields["scars"].choices = [(page.slug, page.title) for page in scar_types]  # type: ignore[attr-defined]

    def answers(self) -> Answers:
        """The valid answers, with the scar types they name."""
        scars = tuple(page for page in self.scar_types if page.slug in self.cleaned_data["scars"])
        conditions = list(self.cleaned_data["conditions"])
        # Whoever sees a raised scar has had one, and that raises the risk of any procedure.
        if any(page.group == ScarGroup.RAISED for page in scars) and Condition.KELOID not in conditions:
            conditions.append(Condition.KELOID)
        return Answers(tone=self.cleaned_data["tone"], scars=scars, conditions=tuple(conditions))


class CompareForm(forms.Form):
    """Two to four treatments side by side."""

    t = forms.MultipleChoiceField(
        label=_("Choose two to four treatments"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose two treatments at least."),
            "invalid_choice": _("One of the treatments in this address is not on our list any more. Choose again."),
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["t"].choices = choices  # type: ignore[attr-defined]

    def clean_t(self) -> list[str]:
        chosen = list(dict.fromkeys(self.cleaned_data["t"]))
        if len(chosen) < MIN_COMPARED:
            raise forms.ValidationError(_("Choose one more: a comparison needs two treatments."))
        if len(chosen) > MAX_COMPARED:
            raise forms.ValidationError(_("Choose four at most. More than that cannot be read side by side."))
        return chosen
