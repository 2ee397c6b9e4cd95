"""Asks about an e-mail address that will hardly get mail. One tap takes what was meant; sending again keeps what was written."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.email_addresses import likely_meant
from common.types import Extra

#: The button that takes the address that was meant, and the field that says which address was asked about.
INSTEAD, ASKED = "email_instead", "email_asked"


class EmailQuestionForm(forms.Form):
    """A form with a field `email`."""

    def __init__(self, data: QueryDict | None = None, *args: Extra, **kwargs: Extra) -> None:
        # Enter presses the first button of a form, so an address that was mended by hand since is not replaced.
        if data is not None and data.get(INSTEAD) and data.get("email") == data.get(ASKED):
            data = data.copy()
            data["email"] = str(data[INSTEAD])
        super().__init__(data, *args, **kwargs)

    @cached_property
    def email_meant(self) -> str:
        """The address that was most likely meant. Empty where nothing was asked, or the same address was sent again."""
        written = str(self.data.get("email", "")).strip() if self.is_bound else ""
        return likely_meant(written) if written != self.data.get(ASKED) else ""

    def clean_email(self) -> str:
        """The address. Raises `ValidationError` where no mail can go to it."""
        address = str(self.cleaned_data["email"])
        if not address:
            return ""
        domain = address.rpartition("@")[2]
        try:
            domain.encode("idna")
        except UnicodeError as problem:
            raise ValidationError(_("We can't send e-mail to this address. Please check the part after the @.")) from problem
        if "." not in domain or domain.startswith("["):
            raise ValidationError(_("This address looks incomplete. It should look like ana@mail.com"))
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.email_meant:
            # Asked instead of any other mistake in the address, since it answers that too.
            self.errors.pop("email", None)
            question = _("Did you mean %(address)s? If your address is right as it is, send the form again.") % {
                "address": self.email_meant
            }
            self.add_error("email", ValidationError(question, code="asked"))
        return cleaned
