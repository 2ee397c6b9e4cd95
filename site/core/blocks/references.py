"""Blocks that cite published studies and documents."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from common.types import BlockValue, Extra, JSONValue
from core.references import references_by_id

__all__ = ["ReferenceChooserBlock", "ReferenceListBlock", "ReferencesBlock"]


class ReferenceChooserBlock(SnippetChooserBlock):
    """One reference from the clinic's list. All references of a response are fetched in one query."""

    def __init__(self, **kwargs: Extra) -> None:
        super().__init__("core.Reference", **kwargs)

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Model | None]:
        ids = list(values)
        references = references_by_id(self.model_class, (pk for pk in ids if pk))
        return [references.get(pk) if pk else None for pk in ids]

    def get_preview_value(self) -> BlockValue:
        return self.model_class._default_manager.first()

    class Meta:
        icon = "doc-full"
        group = _("References")
        label = _("Reference")
        description = _("A study or document from the list of references.")
        template = "blocks/reference.html"


class ReferenceListBlock(blocks.StreamBlock):
    """The numbered references of a page."""

    reference = ReferenceChooserBlock()

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        seen: set[int] = set()
        errors = {}
        for index, child in enumerate(cleaned):
            if child.value and child.value.pk in seen:
                errors[index] = ValidationError(_("This reference is already in the list."))
            elif child.value:
                seen.add(child.value.pk)
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "doc-full"
        group = _("References")
        label = _("References")
        description = _("Works that the page rests on.")
        template = "blocks/reference_list.html"
        max_num = 30
        preview_value: list[JSONValue] = []


class ReferencesBlock(blocks.StructBlock):
    """A list of references within the text, such as further reading."""

    title = blocks.CharBlock(label=_("Title"), max_length=90, default=_("Further reading"))
    references = blocks.ListBlock(ReferenceChooserBlock(), label=_("References"), min_num=1, max_num=20)

    def get_preview_value(self) -> BlockValue:
        return self.to_python(
            {
                "title": str(_("Further reading")),
                "references": list(
                    self.child_blocks["references"].child_block.model_class._default_manager.values_list("pk", flat=True)[:2]
                ),
            }
        )

    class Meta:
        icon = "doc-full"
        group = _("References")
        label = _("Further reading")
        description = _("Works from the list of references, within the text.")
        template = "blocks/references.html"
