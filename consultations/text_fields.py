"""Fields for what patients write, which say their limit in words instead of cutting off what does not fit."""

from typing import Any

from django import forms
from django.utils.translation import ngettext_lazy

from common.text import one_line
from common.types import Extra


class LineField(forms.CharField):
    """One line of text. A line break, which only a program can send, becomes a blank."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class LongTextField(forms.CharField):
    """Several lines of text.

    Browsers would cut off a pasted text at their own count, in which an emoji is two; so the server alone counts, and says so.
    """

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **options: Extra) -> None:
        super().__init__(**options)
        self.widget.attrs["rows"] = rows
        too_long = ngettext_lazy(
            "This may have at most %(limit_value)d character. Yours has %(show_value)d.",
            "This may have at most %(limit_value)d characters. Yours has %(show_value)d: please shorten it, or send the rest in a "
            "message later.",
            "limit_value",
        )
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = too_long  # type: ignore[attr-defined]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No attribute `maxlength`."""
        return {}
