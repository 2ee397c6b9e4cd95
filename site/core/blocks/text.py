"""Headings, running text and quotations."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.fields import PLAIN_FEATURES

__all__ = ["HeadingBlock", "PlainTextBlock", "QuoteBlock", "SubheadingBlock"]

TEXT_GROUP = _("Text")


class PlainTextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
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
    """A heading of a section; it appears in the page's list of contents."""

    level = 2

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 90)
        super().__init__(**kwargs)

    def anchor(self, value: str) -> str:
        """The fragment that links to this heading. Two equal headings on one page are refused by the body."""
        return slugify(value) or "section"

    def contents_items(self, value: str) -> Iterator[tuple[str, str, int]]:
        """This heading's line in the list of contents: anchor, text, level."""
        yield self.anchor(value), value, self.level

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
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
    """Somebody's words, with their name."""

    quote = blocks.TextBlock(label=_("Quotation"), max_length=400, help_text=_("At most 400 characters, without quotation marks."))
    attribution = blocks.CharBlock(label=_("Who said it"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        group = TEXT_GROUP
        label = _("Quotation")
        description = _("Somebody's words, set apart. Never a patient's praise of a treatment.")
        template = "blocks/quote.html"
        preview_value = {"quote": _("We look at your skin first. The treatment comes after."), "attribution": _("A dermatologist")}
