"""The page editor's form, which checks the publish blockers before it saves."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from common.types import Extra
from publishing.gate import publish_blockers_of

PUBLISH_ACTION = "action-publish"
LATEST_YEAR = 2100


class MomentField(forms.DateTimeField):
    """A date and time in the clinic's zone, within the years that a computer can convert."""

    def to_python(self, value: Any) -> dt.datetime | None:
        too_far = ValidationError(_("This date is too far away."))
        try:
            moment = super().to_python(value)
        except OverflowError as problem:
            raise too_far from problem
        if moment and not 1970 <= moment.year <= LATEST_YEAR:
            raise too_far
        return moment


class GuardedPageForm(WagtailAdminPageForm):
    """Shows publish blockers as form errors, so that the editor does not lose unsaved changes."""

    def __init__(self, *args: Extra, **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        for name in ("go_live_at", "expire_at"):
            if old := self.fields.get(name):
                self.fields[name] = MomentField(label=old.label, required=old.required, widget=old.widget, help_text=old.help_text)

    def is_valid(self) -> bool:
        """Also check the publish blockers when Publish was chosen. Child rows and links are complete only after the form's own checks."""
        valid = bool(super().is_valid())
        if valid and PUBLISH_ACTION in self.data:
            for blocker in publish_blockers_of(self.save(commit=False)):
                self.add_error(None, blocker)
            valid = not self.errors
        return valid
