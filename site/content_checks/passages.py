"""Splits a page into passages of text for the content checks, each with the name of its field."""

from collections.abc import Iterator

from bs4 import BeautifulSoup
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from common.types import BlockValue

#: Text fields that readers do not see as text of the page.
NON_PROSE_FIELDS = frozenset({"slug", "change_note", "url_path", "draft_title"})
TEXT_ELEMENTS = ("p", "li", "h2", "h3", "h4", "blockquote", "td", "th", "dt", "dd", "figcaption")


def passages_of(page: Page) -> Iterator[tuple[str, str]]:
    """Pairs of a field's name and a paragraph in it, for a whole page."""
    for field in page._meta.fields:
        value = getattr(page, field.name) if field.name not in NON_PROSE_FIELDS and not field.is_relation else None
        if not value:
            continue
        where = str(field.verbose_name)
        if isinstance(field, StreamField):
            yield from ((where, passage) for leaf in leaf_blocks(value.stream_block, value) for passage in passages_of_leaf(*leaf))
        elif isinstance(field, RichTextField):
            yield from ((where, passage) for passage in paragraphs(str(value)))
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield where, str(value)
    for relation in getattr(page, "relations_with_notes", ()):
        yield from ((str(row._meta.verbose_name), row.note) for row in getattr(page, relation).all() if row.note)


def leaf_blocks(block: blocks.Block, value: BlockValue) -> Iterator[tuple[blocks.Block, BlockValue]]:
    """The innermost blocks of a stream, at any depth, each with its value. An image block counts as one leaf."""
    if isinstance(block, blocks.BaseStreamBlock):
        for child in value:
            yield from leaf_blocks(child.block, child.value)
    elif isinstance(block, blocks.BaseStructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from leaf_blocks(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from leaf_blocks(block.child_block, item)
    elif value:
        yield block, value


def passages_of_leaf(block: blocks.Block, value: BlockValue) -> list[str]:
    """The paragraphs of an innermost block."""
    if isinstance(block, blocks.RichTextBlock):
        return paragraphs(value.source if isinstance(value, RichText) else str(value))
    return [str(value)] if isinstance(block, blocks.CharBlock | blocks.TextBlock) else []


def paragraphs(html: str) -> list[str]:
    """The paragraphs of rich text, without markup."""
    if "<" not in html:
        return [html] if html.strip() else []
    soup = BeautifulSoup(html, "html.parser")
    texts = [element.get_text("", strip=False).strip() for element in soup.find_all(TEXT_ELEMENTS) if not element.find(TEXT_ELEMENTS)]
    return [text for text in texts if text] or [soup.get_text("", strip=False).strip()]
