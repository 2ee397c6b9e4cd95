"""Every block that staff can pick explains itself and shows itself."""

import pytest
from django.test import RequestFactory

from core.blocks.block_list import all_blocks, picked_blocks

pytestmark = pytest.mark.once
BLOCKS = all_blocks()
PICKED = picked_blocks()


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
