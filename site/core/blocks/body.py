"""The free body of a page: every block that medical writing needs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from core.blocks.links import ActionBlock
from core.blocks.media import FigureBlock, VideoLinkBlock
from core.blocks.notes import CalloutBlock, FactsBlock, StepsBlock
from core.blocks.questions import QuestionsBlock
from core.blocks.references import ReferencesBlock
from core.blocks.text import HeadingBlock, PlainTextBlock, QuoteBlock, SubheadingBlock

__all__ = ["BodyBlock"]


class BodyBlock(blocks.StreamBlock):
    """Blocks in the order in which editors reach for them."""

    heading = HeadingBlock()
    subheading = SubheadingBlock()
    text = PlainTextBlock()
    image = FigureBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    facts = FactsBlock()
    questions = QuestionsBlock()
    quote = QuoteBlock()
    references = ReferencesBlock()
    action = ActionBlock()
    video = VideoLinkBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors: dict[int, ValidationError] = {}
        anchors: set[str] = set()
        level = 1
        for number, child in enumerate(cleaned):
            if not isinstance(child.block, HeadingBlock):
                continue
            anchor = child.block.anchor(child.value)
            if anchor in anchors:
                errors[number] = ValidationError(_("Another heading on this page has the same words. Tell the two apart."))
            elif child.block.level > level + 1:
                errors[number] = ValidationError(
                    _("A subheading belongs below a heading. Add the heading first, or make this one a heading.")
                )
            anchors.add(anchor)
            level = child.block.level
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "doc-full"
        group = _("Text")
        label = _("Text")
        description = _("The blocks of a page.")
        template = "blocks/body.html"
        preview_value: list[Any] = []
