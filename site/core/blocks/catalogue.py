"""All blocks that staff can pick anywhere, found where they are used."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField

OUR_PACKAGES = ("core.", "home.", "treatments.", "blog.", "consultations.")


def within(block: Any) -> Iterator[Any]:
    """A block and every block inside it."""
    yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from within(child)
    if isinstance(block, blocks.ListBlock):
        yield from within(block.child_block)


def all_blocks() -> dict[str, Any]:
    """Every block of the site's own that some page or setting offers, by its class's name."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields() if isinstance(field, StreamField)]
    found = [block for field in fields for block in within(field.stream_block)]
    return {type(block).__name__: block for block in found if type(block).__module__.startswith(OUR_PACKAGES)}


def picked_blocks() -> dict[str, Any]:
    """Those that show something by themselves."""
    kinds = blocks.StructBlock | blocks.RichTextBlock | blocks.CharBlock
    return {name: block for name, block in all_blocks().items() if isinstance(block, kinds)}
