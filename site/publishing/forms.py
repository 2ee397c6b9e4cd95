"""The page editor's form, which asks the gate before it saves."""

from wagtail.admin.forms import WagtailAdminPageForm

from publishing.gate import publish_blockers_of

PUBLISH_ACTION = "action-publish"


class GuardedPageForm(WagtailAdminPageForm):
    """Shows the gate's refusal in the editor, while everything that was typed is still there."""

    def is_valid(self) -> bool:
        """Also whether the page may go live, where that was asked for. Rows and links are known only after the form's own checks."""
        valid = bool(super().is_valid())
        if valid and PUBLISH_ACTION in self.data:
            for blocker in publish_blockers_of(self.save(commit=False)):
                self.add_error(None, blocker)
            valid = not self.errors
        return valid
