"""From the plain values of the sample files to what models and blocks store."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from markdown_it import MarkdownIt
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from sample.lookups import Lookups

PAGE_LINK = re.compile(r'<a href="page:(?P<path>[^"]+)">')
RELATIVE_DAY = re.compile(r"^today(?P<days>[+-]\d+)?$")

markdown = MarkdownIt("commonmark", {"html": False})


def plain(value: Any) -> Any:
    """Dates may be relative to the day of loading; everything else is what it is."""
    found = RELATIVE_DAY.match(value) if isinstance(value, str) else None
    if not found:
        return value
    return (timezone.localdate() + dt.timedelta(days=int(found["days"] or 0))).isoformat()


def rich_text(text: str, lookups: Lookups) -> str:
    """Markdown as Wagtail stores rich text, with links to pages by their id."""

    def page_link(found: re.Match[str]) -> str:
        page = lookups.page(found["path"])
        return f'<a linktype="page" id="{page.pk}">' if page else "<a>"

    return PAGE_LINK.sub(page_link, markdown.render(text or "").strip()).replace("\n", "")


def block_value(block: blocks.Block, value: Any, lookups: Lookups, seed: str) -> Any:
    """The raw (JSON) value of a block. `seed` makes the ids of its children the same at every loading."""
    for kind, convert in CONVERTERS:
        if isinstance(block, kind):
            return convert(block, value, lookups, seed)
    return plain(value)


def stream(block: Any, value: Any, lookups: Lookups, seed: str) -> list[dict[str, Any]]:
    """A list of `{block name: value}` mappings."""
    children = []
    for number, child in enumerate(value or []):
        ((name, content),) = child.items()
        child_seed = f"{seed}/{number}"
        children.append(
            {
                "type": name,
                "value": block_value(block.child_blocks[name], content, lookups, child_seed),
                "id": str(uuid5(NAMESPACE_URL, child_seed)),
            }
        )
    return children


def struct(block: Any, value: Any, lookups: Lookups, seed: str) -> dict[str, Any]:
    """Every child by name. A name that the block does not have is a mistake in the file."""
    unknown = set(value or {}) - set(block.child_blocks)
    if unknown:
        raise ValueError(f"{type(block).__name__} has no {', '.join(sorted(unknown))}")
    return {
        name: block_value(child, value[name], lookups, f"{seed}/{name}")
        for name, child in block.child_blocks.items()
        if name in (value or {})
    }


def items(block: Any, value: Any, lookups: Lookups, seed: str) -> list[dict[str, Any]]:
    """A list block's children, each with its id."""
    return [
        {
            "type": "item",
            "value": block_value(block.child_block, child, lookups, f"{seed}/{number}"),
            "id": str(uuid5(NAMESPACE_URL, f"{seed}/{number}")),
        }
        for number, child in enumerate(value or [])
    ]


def page_id(block: Any, value: Any, lookups: Lookups, seed: str) -> int | None:
    page = lookups.page(value) if value else None
    return page.pk if page else None


def snippet_id(block: Any, value: Any, lookups: Lookups, seed: str) -> Any:
    return lookups.snippet(block.model_class, value).pk if value else None


def image_id(block: Any, value: Any, lookups: Lookups, seed: str) -> Any:
    return lookups.image(value).pk if value else None


def image_with_words(block: Any, value: Any, lookups: Lookups, seed: str) -> Any:
    image = lookups.image(value["image"])
    return {"image": image.pk, "alt_text": value.get("alt", image.description), "decorative": value.get("decorative", False)}


Converter = Callable[[Any, Any, Lookups, str], Any]

#: The first that fits wins, so special kinds stand before general ones.
CONVERTERS: list[tuple[type[Any], Converter]] = [
    (ImageBlock, image_with_words),
    (ImageChooserBlock, image_id),
    (blocks.PageChooserBlock, page_id),
    (SnippetChooserBlock, snippet_id),
    (blocks.RichTextBlock, lambda block, value, lookups, seed: rich_text(value, lookups)),
    (blocks.StreamBlock, stream),
    (blocks.StructBlock, struct),
    (blocks.ListBlock, items),
]
