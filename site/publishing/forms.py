"""The page editor's form, which checks the publish blockers before it saves."""

from wagtail.admin.forms import WagtailAdminPageForm

from publishing.gate import publish_blockers_of

PUBLISH_ACTION = "action-publish"


class GuardedPageForm(WagtailAdminPageForm):
    """Shows publish blockers as form errors, so that the editor does not lose unsaved changes."""

    def is_valid(self) -> bool:
        """Also check the publish blockers when Publish was chosen. Child rows and links are complete only after the form's own checks."""
        valid = bool(super().is_valid())
        if valid and PUBLISH_ACTION in self.data:
            for blocker in publish_blockers_of(self.save(commit=False)):
                self.add_error(None, blocker)
            valid = not self.errors
        return valid
