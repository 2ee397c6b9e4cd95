"""Forms of the review: the page editor, approving, and sending back."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from common.types import Extra
from publishing.forms import GuardedPageForm


class MedicalPageForm(GuardedPageForm):
    """The editor of a medical page. Clears the note to the clinician once its change is approved, since it is about that change only."""

    def __init__(self, *args: Extra, **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.instance.pk and not self.instance.has_unpublished_changes:
            self.initial.update(change_note="", is_small_edit=False)


class ApprovalForm(forms.Form):
    """The terms of an approval."""

    review_on = forms.DateField(
        label=_("Review again on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Readers see this date. Left empty, it is as far away as your settings say."),
    )
    is_small_edit = forms.BooleanField(
        label=_("Only a small edit"),
        required=False,
        help_text=_("You looked at the change and not at the whole page, so the date of the last full review and of the next one stay."),
    )
    override_reason = forms.CharField(
        label=_("Why marked words may stay"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed only where words that block approval are left. Your reason is kept. At most 500 characters."),
    )
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For colleagues only.")
    )
    seen_hash = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class SendBackForm(forms.Form):
    """Why a text goes back to its author."""

    comment = forms.CharField(
        label=_("What should change"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what should change, so that the author knows what to do.")},
        help_text=_("The author reads this in a mail and in the editor. At most 1,000 characters."),
    )
