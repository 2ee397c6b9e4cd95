"""Checks of a page's structure: headings that skip a level, images without alternative text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from content_checks.checker import Finding
from content_checks.passages import leaf_blocks


def heading_jumps(page: Page) -> Iterator[Finding]:
    """Headings that skip a level, which confuses people who use a screen reader."""
    level = 1
    for item in page.contents_items() if hasattr(page, "contents_items") else ():
        if item.level > level + 1:
            advice = _("Put a heading before this subheading, or make it a heading.")
            yield Finding("heading-jump", _("Heading level skipped"), item.text, item.text, advice, _("Headings"))
        level = item.level


def missing_alt_text(page: Page) -> Iterator[Finding]:
    """Images without alternative text that are not marked as decorative."""
    advice = _("Say in a few words what the picture shows, or mark it as decorative.")
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            for block, image in leaf_blocks(value.stream_block, value):
                if isinstance(block, ImageBlock) and not image.decorative and not image.contextual_alt_text:
                    yield Finding(
                        "missing-alt", _("Picture without words"), image.title, "", advice, str(field.verbose_name), is_serious=True
                    )
