"""Blocks of information pages that read their facts from where staff keep them once."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.types import BlockValue, Context
from core.blocks.body import BodyBlock
from page_tree.visibility import published
from treatments.models import TreatmentPage

__all__ = ["InformationBodyBlock", "OpeningTimesBlock", "PriceListBlock"]

LIVE_GROUP = _("Always up to date")


class PriceListBlock(blocks.StructBlock):
    """The price of every treatment, and of its whole course, from the treatments' own facts."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=120, help_text=_("Says what the table shows. At most 120 characters."))

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        treatments = published(TreatmentPage.objects.filter(alias_of=None)).order_by("path").defer_streamfields()
        return {**super().get_context(value, parent_context=parent_context), "treatments": treatments}

    class Meta:
        icon = "table"
        group = LIVE_GROUP
        label = _("Prices of all treatments")
        description = _("Prices from the treatments' own facts. Nothing to keep up to date here.")
        template = "blocks/price_list.html"
        preview_value = {"caption": _("What each treatment costs")}


class OpeningTimesBlock(blocks.StructBlock):
    """Opening hours, days that differ, address and phone number, from the clinic's details."""

    title = blocks.CharBlock(label=_("Title"), max_length=90, help_text=_("At most 90 characters."))

    class Meta:
        icon = "time"
        group = LIVE_GROUP
        label = _("Hours, address and phone")
        description = _("From the clinic's details. Nothing to keep up to date here.")
        template = "blocks/opening_times.html"
        preview_value = {"title": _("When we are open")}


class InformationBodyBlock(BodyBlock):
    """The body of an information page: all body blocks, and facts that are kept elsewhere."""

    prices = PriceListBlock()
    opening_times = OpeningTimesBlock()
