"""Model fields shared by all page types."""

from collections.abc import Sequence

from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from common.types import Extra, JSONObject

#: Rich text features of short medical text. Headings are blocks, so that the table of contents can list them.
PLAIN_FEATURES = ["bold", "italic", "ul", "ol", "link", "document-link"]


class BlockStreamField(StreamField):
    """A StreamField whose block definitions are left out of migrations, so that changing a block needs no migration."""

    def __init__(self, block_types: blocks.StreamBlock | Sequence[tuple[str, blocks.Block]] = (), **kwargs: Extra) -> None:
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Extra], JSONObject]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class PlainTextField(RichTextField):
    """Paragraphs, lists and links: the formatting that a section of a medical page needs."""

    def __init__(self, *args: Extra, **kwargs: Extra) -> None:
        kwargs.setdefault("features", PLAIN_FEATURES)
        super().__init__(*args, **kwargs)
