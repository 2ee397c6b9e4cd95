"""Converts values of sample files to values of model fields and blocks."""

import datetime as dt
import re
from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from markdown_it import MarkdownIt
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from common.clock import clinic_day
from common.types import JSONObject, JSONValue
from sample.lookups import Lookups

PAGE_LINK = re.compile(r'<a href="page:(?P<path>[^"]+)">')
RELATIVE_DAY = re.compile(r"^today(?P<days>[+-]\d+)?$")

markdown = MarkdownIt("commonmark", {"html": False})


def plain(value: JSONValue) -> JSONValue:
    """The value unchanged, except that a relative date such as `today+365` becomes an ISO date."""
    match = RELATIVE_DAY.match(value) if isinstance(value, str) else None
    if not match:
        return value
    return (clinic_day() + dt.timedelta(days=int(match["days"] or 0))).isoformat()


def rich_text(text: str, lookups: Lookups) -> str:
    """Markdown as rich text in Wagtail's database format, with links to pages by id."""

    def page_link(match: re.Match[str]) -> str:
        page = lookups.page(match["path"])
        return f'<a linktype="page" id="{page.pk}">' if page else "<a>"

    return PAGE_LINK.sub(page_link, markdown.render(text or "").strip()).replace("\n", "")


def block_value(block: blocks.Block, value: JSONValue, lookups: Lookups, seed: str) -> JSONValue:
    """The raw (JSON) value of a block. The ids of its children depend only on `seed`, so every load generates the same ones."""
    for block_type, convert in CONVERTERS:
        if isinstance(block, block_type):
            return convert(block, value, lookups, seed)
    return plain(value)


def stream(block: blocks.StreamBlock, value: JSONValue, lookups: Lookups, seed: str) -> list[JSONObject]:
    """A stream from a list of `{block name: value}` mappings."""
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


def struct(block: blocks.StructBlock, value: JSONValue, lookups: Lookups, seed: str) -> JSONObject:
    """A struct from a mapping. Raises `ValueError` for a name that the block does not have."""
    unknown = set(value or {}) - set(block.child_blocks)
    if unknown:
        raise ValueError(f"{type(block).__name__} has no {', '.join(sorted(unknown))}")
    return {
        name: block_value(child, value[name], lookups, f"{seed}/{name}")
        for name, child in block.child_blocks.items()
        if name in (value or {})
    }


def items(block: blocks.ListBlock, value: JSONValue, lookups: Lookups, seed: str) -> list[JSONObject]:
    """The children of a list block, each with its id."""
    return [
        {
            "type": "item",
            "value": block_value(block.child_block, child, lookups, f"{seed}/{number}"),
            "id": str(uuid5(NAMESPACE_URL, f"{seed}/{number}")),
        }
        for number, child in enumerate(value or [])
    ]


def page_id(block: blocks.PageChooserBlock, value: JSONValue, lookups: Lookups, seed: str) -> int | None:
    """The id of the page with the file's path; none where it names none or staff deleted it."""
    page = lookups.page(value) if value else None
    return page.pk if page else None


def snippet_id(block: SnippetChooserBlock, value: JSONValue, lookups: Lookups, seed: str) -> JSONValue:
    """The id of the snippet with the file's key; none where the file names none."""
    return lookups.snippet(block.model_class, value).pk if value else None


def image_id(block: ImageChooserBlock, value: JSONValue, lookups: Lookups, seed: str) -> JSONValue:
    """The id of the picture with the file's name; none where the file names none."""
    return lookups.image(value).pk if value else None


def image_with_alt_text(block: ImageBlock, value: JSONValue, lookups: Lookups, seed: str) -> JSONObject:
    """A picture with its alternative text, which is the picture's own description where the file gives no other."""
    image = lookups.image(value["image"])
    return {"image": image.pk, "alt_text": value.get("alt", image.description), "decorative": value.get("decorative", False)}


Converter = Callable[[blocks.Block, JSONValue, Lookups, str], JSONValue]

#: The first match is used, so subclasses come before their base classes.
CONVERTERS: list[tuple[type[blocks.Block], Converter]] = [
    (ImageBlock, image_with_alt_text),
    (ImageChooserBlock, image_id),
    (blocks.PageChooserBlock, page_id),
    (SnippetChooserBlock, snippet_id),
    (blocks.RichTextBlock, lambda block, value, lookups, seed: rich_text(value, lookups)),
    (blocks.StreamBlock, stream),
    (blocks.StructBlock, struct),
    (blocks.ListBlock, items),
]
