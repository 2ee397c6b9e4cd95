"""References to published works."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from core.references import references_by_id

__all__ = ["ReferenceChooserBlock", "ReferenceListBlock", "ReferencesBlock"]


class ReferenceChooserBlock(SnippetChooserBlock):
    """One work from the clinic's list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("core.Reference", **kwargs)

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        ids = list(values)
        found = references_by_id(self.model_class, (pk for pk in ids if pk))
        return [found.get(pk) if pk else None for pk in ids]

    def get_preview_value(self) -> Any:
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

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen: set[int] = set()
        errors = {}
        for number, child in enumerate(cleaned):
            if child.value and child.value.pk in seen:
                errors[number] = ValidationError(_("This reference is already in the list."))
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
        preview_value: list[Any] = []


class ReferencesBlock(blocks.StructBlock):
    """A list of works within running text, such as further reading."""

    title = blocks.CharBlock(label=_("Title"), max_length=90, default=_("Further reading"))
    references = blocks.ListBlock(ReferenceChooserBlock(), label=_("References"), min_num=1, max_num=20)

    def get_preview_value(self) -> Any:
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
