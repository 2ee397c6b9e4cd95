"""What editorial rules refuse. Messages are for staff; the admin shows them where staff were."""

from collections.abc import Iterable

from wagtail.models import Page


class EditorialRuleError(Exception):
    """Something that the rules for publishing and reviewing do not allow."""

    def __init__(self, messages: Iterable[object], page: Page | None = None) -> None:
        self.messages = [str(message) for message in messages]
        self.page = page
        super().__init__(" ".join(self.messages))


class CannotGoLiveError(EditorialRuleError):
    """A save would have shown readers what nobody approved, or a picture that nobody may show."""
