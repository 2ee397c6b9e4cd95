"""The StreamBlock of the home page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.types import JSONObject
from core.blocks.callouts import CalloutBlock
from core.blocks.links import ActionBlock
from core.blocks.text import PlainTextBlock, QuoteBlock
from home.blocks.lists import ArticlesBlock, CliniciansBlock, ScarTypesBlock, TreatmentsBlock
from home.blocks.opening import HeroBlock, PrinciplesBlock, VisitBlock

__all__ = ["HomeBodyBlock"]


class HomeBodyBlock(blocks.StreamBlock):
    """Sections in any order. `block_counts` allows the hero and three of the lists only once."""

    hero = HeroBlock()
    scar_types = ScarTypesBlock()
    treatments = TreatmentsBlock()
    visit = VisitBlock()
    principles = PrinciplesBlock()
    clinicians = CliniciansBlock()
    articles = ArticlesBlock()
    action = ActionBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    text = PlainTextBlock()

    class Meta:
        icon = "home"
        group = _("Home page")
        label = _("Sections")
        description = _("The sections of the home page.")
        template = "blocks/home/body.html"
        block_counts = {"hero": {"max_num": 1}, "scar_types": {"max_num": 1}, "clinicians": {"max_num": 1}, "articles": {"max_num": 1}}
        preview_value: list[JSONObject] = []
