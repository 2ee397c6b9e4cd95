"""What the form of a request and the form of a message have in common: signs of danger are read before anything is stored."""

from django import forms
from django.utils.functional import cached_property

from consultations.choices import UrgentSign
from consultations.urgent_help import Help, acknowledged_signs, help_for


class UrgentSignsForm(forms.Form):
    """A form in which what may be urgent is read before anything is stored."""

    @cached_property
    def urgent_signs(self) -> set[UrgentSign]:
        """The signs that the patient names. Each form says where it looks."""
        raise NotImplementedError

    @cached_property
    def urgent_help(self) -> list[Help]:
        """What to do now. Empty where nothing is urgent. If there is any, the page shows it and nothing is stored."""
        return help_for(self.urgent_signs - acknowledged_signs(self.data)) if self.is_bound else []  # type: ignore[arg-type]
