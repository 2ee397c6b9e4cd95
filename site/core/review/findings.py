"""What is wrong with a page: words, structure, pictures, and what its own type knows to check."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from core.words.checker import Finding, WordChecker

#: Fields with words that no reader sees as a text of the page.
NOT_PROSE = frozenset({"slug", "change_note", "url_path", "draft_title"})
BLOCKS_OF_TEXT = ("p", "li", "h2", "h3", "h4", "blockquote", "td", "th", "dt", "dd", "figcaption")


def findings_for(page: Any) -> list[Finding]:
    """Everything to change on a page as it is in memory, serious things first."""
    checker = WordChecker()
    passages = list(passages_of(page))
    found = [finding for where, passage in passages for finding in checker.check(passage, where)]
    found += checker.check_reading(passage for _where, passage in passages)
    found += [*heading_jumps(page), *missing_alternatives(page)]
    found += page.own_findings() if hasattr(page, "own_findings") else []
    return sorted(found, key=lambda finding: not finding.is_serious)


def passages_of(page: Any) -> Iterator[tuple[str, str]]:
    """Each paragraph of a page, after the name of the field that it stands in."""
    for field in page._meta.fields:
        value = getattr(page, field.name) if field.name not in NOT_PROSE and not field.is_relation else None
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
    found = [element.get_text("", strip=False).strip() for element in soup.find_all(BLOCKS_OF_TEXT) if not element.find(BLOCKS_OF_TEXT)]
    return [text for text in found if text] or [soup.get_text("", strip=False).strip()]


def heading_jumps(page: Any) -> Iterator[Finding]:
    """Headings that skip a level, which confuses people who listen to a page."""
    level = 1
    for item in page.sections() if hasattr(page, "sections") else ():
        if item.level > level + 1:
            advice = _("Put a heading before this subheading, or make it a heading.")
            yield Finding("heading-jump", _("Heading level skipped"), item.text, item.text, advice, _("Headings"))
        level = item.level


def missing_alternatives(page: Any) -> Iterator[Finding]:
    """Pictures that say nothing to those who cannot see them."""
    advice = _("Say in a few words what the picture shows, or mark it as decorative.")
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            for block, picture in leaves(value.stream_block, value):
                if isinstance(block, ImageBlock) and not picture.decorative and not picture.contextual_alt_text:
                    yield Finding(
                        "missing-alt", _("Picture without words"), picture.title, "", advice, str(field.verbose_name), is_serious=True
                    )
