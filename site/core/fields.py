"""Model fields shared by all page types."""

from typing import Any

from wagtail.fields import RichTextField, StreamField

#: Formatting for short medical text. Headings are left to blocks, so that contents lists stay right.
PLAIN_FEATURES = ["bold", "italic", "ul", "ol", "link", "document-link"]


class BlockStreamField(StreamField):
    """A StreamField whose block definitions stay out of migrations, so editing a block needs none."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class PlainTextField(RichTextField):
    """Paragraphs, lists and links: the formatting that a section of a medical page needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", PLAIN_FEATURES)
        super().__init__(*args, **kwargs)
