"""The body of a page: every block that medical writing needs."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from common.types import BlockValue, JSONValue
from core.blocks.callouts import CalloutBlock, FactsBlock, StepsBlock
from core.blocks.links import ActionBlock
from core.blocks.media import FigureBlock, VideoLinkBlock
from core.blocks.questions import QuestionsBlock
from core.blocks.references import ReferencesBlock
from core.blocks.text import HeadingBlock, PlainTextBlock, QuoteBlock, SubheadingBlock

__all__ = ["BodyBlock"]


class BodyBlock(blocks.StreamBlock):
    """The blocks of a page body. The block picker lists them in this order, the most used first."""

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

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        errors: dict[int, ValidationError] = {}
        anchors: set[str] = set()
        previous_level = 1
        for index, child in enumerate(cleaned):
            if not isinstance(child.block, HeadingBlock):
                continue
            anchor = child.block.anchor(child.value)
            if anchor in anchors:
                errors[index] = ValidationError(_("Another heading on this page has the same words. Tell the two apart."))
            elif child.block.level > previous_level + 1:
                errors[index] = ValidationError(
                    _("A subheading belongs below a heading. Add the heading first, or make this one a heading.")
                )
            anchors.add(anchor)
            previous_level = child.block.level
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "doc-full"
        group = _("Text")
        label = _("Text")
        description = _("The blocks of a page.")
        template = "blocks/body.html"
        preview_value: list[JSONValue] = []
