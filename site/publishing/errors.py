"""Errors of the editorial rules. Their messages are written for staff and shown in the admin."""

from collections.abc import Iterable

from wagtail.models import Page


class EditorialRuleError(Exception):
    """An action that the rules for publishing and review do not allow."""

    def __init__(self, messages: Iterable[object], page: Page | None = None) -> None:
        self.messages = [str(message) for message in messages]
        self.page = page
        super().__init__(" ".join(self.messages))


class CannotGoLiveError(EditorialRuleError):
    """A save would have shown readers content without approval, or an image that may not be shown."""
