"""Type aliases and protocols for what Wagtail and Django leave untyped."""

from typing import Any, Protocol, TypeAlias

from django.contrib.auth.models import AbstractUser, AnonymousUser
from wagtail.models import Page

#: A member of staff. The model is swappable, so code below it names Django's base class.
Staff: TypeAlias = AbstractUser
#: Whoever sends a request.
Visitor: TypeAlias = AbstractUser | AnonymousUser
#: Who did something, for the access log: a member of staff, or a name such as “the patient”.
Actor: TypeAlias = AbstractUser | str
#: Template context.
Context: TypeAlias = dict[str, Any]
#: A value as JSON holds it, such as the raw value of a StreamField.
JSONValue: TypeAlias = Any
JSONObject: TypeAlias = dict[str, Any]
#: A page as its own type. Wagtail has no stubs, so its fields and relations are not known to the type checker.
SpecificPage: TypeAlias = Any
#: A block's value, whose type depends on the block.
BlockValue: TypeAlias = Any
#: Keyword arguments that a method only passes on, or that a signal's receiver ignores.
Extra: TypeAlias = Any


class Revision(Protocol):
    """What the review needs of Wagtail's revision of a page."""

    pk: int
    content_object: Page

    def as_object(self) -> SpecificPage:
        """The page as this revision has it."""

    def publish(self, **options: Extra) -> None:
        """Make it the live version."""
