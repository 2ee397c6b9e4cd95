"""Every block that staff can pick explains itself and shows itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import RequestFactory
from wagtail import blocks
from wagtail.fields import StreamField

OUR_PACKAGES = ("core.", "home.", "treatments.", "blog.", "consultations.")


def all_blocks() -> dict[str, Any]:
    """Every block of ours that some page or setting offers, by its class's name."""
    found: dict[str, Any] = {}

    def walk(block: Any) -> Iterator[Any]:
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from walk(child)
        if isinstance(block, blocks.ListBlock):
            yield from walk(block.child_block)

    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for block in walk(field.stream_block):
                    if type(block).__module__.startswith(OUR_PACKAGES):
                        found[type(block).__name__] = block
    return found


BLOCKS = all_blocks()
PICKED = {name: block for name, block in BLOCKS.items() if isinstance(block, blocks.StructBlock | blocks.RichTextBlock | blocks.CharBlock)}


def test_the_set_is_worth_having() -> None:
    assert {
        "HeadingBlock", "PlainTextBlock", "FigureBlock", "CalloutBlock", "StepsBlock", "FactsBlock", "QuestionsBlock",
        "QuoteBlock", "ReferencesBlock", "TreatmentCardBlock", "ActionBlock", "VideoLinkBlock",
    } <= set(BLOCKS)  # fmt: skip


@pytest.mark.parametrize("name", PICKED)
def test_a_block_has_icon_group_description_and_preview(name: str) -> None:
    block = PICKED[name]
    assert block.meta.icon not in ("", "placeholder")
    assert block.meta.group
    assert block.get_description()
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("name", PICKED)
def test_a_preview_renders_in_the_sites_own_design(name: str) -> None:
    block = PICKED[name]
    value = block.get_preview_value()
    html = block.render(block.normalize(value), {"request": RequestFactory().get("/")})
    assert html.strip()


@pytest.mark.parametrize("name", PICKED)
def test_every_field_of_a_block_has_a_label(name: str) -> None:
    for child_name, child in getattr(PICKED[name], "child_blocks", {}).items():
        assert child.label, f"{name}.{child_name}"
