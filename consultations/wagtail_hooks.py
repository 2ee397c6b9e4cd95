"""The inbox in the admin, and Wagtail's own list of submissions out of it."""

from typing import Any

from wagtail import hooks

from consultations.inbox.viewset import InboxViewSet


@hooks.register("register_admin_viewset")
def inbox() -> InboxViewSet:
    return InboxViewSet()


@hooks.register("filter_form_submissions_for_user")
def no_clear_text_submissions(user: Any, editable_forms: Any) -> Any:
    """Requests never go through Wagtail's form submissions, so its list has nothing to show."""
    return editable_forms.none()
