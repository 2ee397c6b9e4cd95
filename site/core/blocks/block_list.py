"""Every block that editors can choose, collected from the StreamFields of all models."""

from collections.abc import Iterator

from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField

SITE_PACKAGES = ("core.", "home.", "treatments.", "blog.", "consultations.")


def nested_blocks(block: blocks.Block) -> Iterator[blocks.Block]:
    """A block and every block inside it."""
    yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from nested_blocks(child)
    if isinstance(block, blocks.ListBlock):
        yield from nested_blocks(block.child_block)


def all_blocks() -> dict[str, blocks.Block]:
    """Every block defined in this project that a page or a setting uses, by the name of its class."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields() if isinstance(field, StreamField)]
    used_blocks = [block for field in fields for block in nested_blocks(field.stream_block)]
    return {type(block).__name__: block for block in used_blocks if type(block).__module__.startswith(SITE_PACKAGES)}


def picked_blocks() -> dict[str, blocks.Block]:
    """The blocks of `all_blocks` that render content of their own: all but streams, lists and choosers."""
    content_types = blocks.StructBlock | blocks.RichTextBlock | blocks.CharBlock
    return {name: block for name, block in all_blocks().items() if isinstance(block, content_types)}
