"""Headings, running text and quotations."""

from collections.abc import Iterator

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.types import Context, Extra
from core.fields import PLAIN_FEATURES

__all__ = ["HeadingBlock", "PlainTextBlock", "QuoteBlock", "SubheadingBlock"]

TEXT_GROUP = _("Text")


class PlainTextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    def __init__(self, **kwargs: Extra) -> None:
        kwargs.setdefault("features", PLAIN_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        group = TEXT_GROUP
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/text.html"
        preview_value = _(
            "<p>Scars form deep in the skin, where healing <b>rebuilds collagen</b>. Short paragraphs are easiest to read.</p>"
        )


class HeadingBlock(blocks.CharBlock):
    """The heading of a section. It appears in the page's table of contents."""

    level = 2

    def __init__(self, **kwargs: Extra) -> None:
        kwargs.setdefault("max_length", 90)
        super().__init__(**kwargs)

    def anchor(self, value: str) -> str:
        """The URL fragment of this heading. `BodyBlock` refuses two equal headings on one page, so it is unique there."""
        return slugify(value) or "section"

    def contents_items(self, value: str) -> Iterator[tuple[str, str, int]]:
        """This heading's entry in the table of contents: anchor, text, level."""
        yield self.anchor(value), value, self.level

    def get_context(self, value: str, parent_context: Context | None = None) -> Context:
        return {**super().get_context(value, parent_context=parent_context), "anchor": self.anchor(value), "level": self.level}

    class Meta:
        icon = "title"
        group = TEXT_GROUP
        label = _("Heading")
        description = _("Starts a new section and appears in the list of contents. At most 90 characters.")
        template = "blocks/heading.html"
        preview_value = _("What happens in the skin")


class SubheadingBlock(HeadingBlock):
    """A heading within a section."""

    level = 3

    class Meta:
        label = _("Subheading")
        description = _("A smaller heading inside a section. At most 90 characters.")
        preview_value = _("In the first days")


class QuoteBlock(blocks.StructBlock):
    """A quotation and the name of the speaker."""

    quote = blocks.TextBlock(label=_("Quotation"), max_length=400, help_text=_("At most 400 characters, without quotation marks."))
    attribution = blocks.CharBlock(label=_("Who said it"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        group = TEXT_GROUP
        label = _("Quotation")
        description = _("Somebody's words, set apart. Never a patient's praise of a treatment.")
        template = "blocks/quote.html"
        preview_value = {"quote": _("We look at your skin first. The treatment comes after."), "attribution": _("A dermatologist")}
