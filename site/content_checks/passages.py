"""A page as passages of text, each with the field it stands in: what the checks read."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

#: Fields with words that no reader sees as a text of the page.
NON_PROSE_FIELDS = frozenset({"slug", "change_note", "url_path", "draft_title"})
TEXT_ELEMENTS = ("p", "li", "h2", "h3", "h4", "blockquote", "td", "th", "dt", "dd", "figcaption")


def passages_of(page: Any) -> Iterator[tuple[str, str]]:
    """Each paragraph of a page, after the name of the field that it stands in."""
    for field in page._meta.fields:
        value = getattr(page, field.name) if field.name not in NON_PROSE_FIELDS and not field.is_relation else None
        if not value:
            continue
        where = str(field.verbose_name)
        if isinstance(field, StreamField):
            yield from ((where, passage) for leaf in leaves(value.stream_block, value) for passage in passages_of_leaf(*leaf))
        elif isinstance(field, RichTextField):
            yield from ((where, passage) for passage in paragraphs(str(value)))
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield where, str(value)
    for relation in getattr(page, "worded_rows", ()):
        yield from ((str(row._meta.verbose_name), row.note) for row in getattr(page, relation).all() if row.note)


def leaves(block: blocks.Block, value: Any) -> Iterator[tuple[blocks.Block, Any]]:
    """The innermost blocks of a body, however deep it is built, each with its value. A picture is one piece."""
    if isinstance(block, blocks.BaseStreamBlock):
        for child in value:
            yield from leaves(child.block, child.value)
    elif isinstance(block, blocks.BaseStructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from leaves(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from leaves(block.child_block, item)
    elif value:
        yield block, value


def passages_of_leaf(block: blocks.Block, value: Any) -> list[str]:
    """The paragraphs that an innermost block shows."""
    if isinstance(block, blocks.RichTextBlock):
        return paragraphs(value.source if isinstance(value, RichText) else str(value))
    return [str(value)] if isinstance(block, blocks.CharBlock | blocks.TextBlock) else []


def paragraphs(html: str) -> list[str]:
    """Rich text as its paragraphs, without markup."""
    if "<" not in html:
        return [html] if html.strip() else []
    soup = BeautifulSoup(html, "html.parser")
    found = [element.get_text("", strip=False).strip() for element in soup.find_all(TEXT_ELEMENTS) if not element.find(TEXT_ELEMENTS)]
    return [text for text in found if text] or [soup.get_text("", strip=False).strip()]
