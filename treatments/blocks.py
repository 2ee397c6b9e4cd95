"""Blocks that use the models of treatments."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from common.types import Context, Extra
from core.blocks.body import BodyBlock
from core.blocks.references import ReferenceChooserBlock
from treatments.choices import Condition, Drawing, RuleEffect, RuleScope
from treatments.drawings.face_on import SHAPES
from treatments.finder_rules import Rule

__all__ = [
    "AftercareDayBlock",
    "AftercareDaysBlock",
    "FinderRuleBlock",
    "FinderRulesBlock",
    "LampBlock",
    "MedicalBodyBlock",
    "TreatmentCardBlock",
]


class TreatmentCardBlock(blocks.PageChooserBlock):
    """A card that links to a treatment. Nothing is rendered while the treatment is not live."""

    def __init__(self, **kwargs: Extra) -> None:
        kwargs.setdefault("page_type", "treatments.TreatmentPage")
        super().__init__(**kwargs)

    def get_context(self, value: Page | None, parent_context: Context | None = None) -> Context:
        return {**super().get_context(value, parent_context=parent_context), "treatment": value.specific if value and value.live else None}

    def get_preview_value(self) -> Page | None:
        return self.model_class.objects.live().first() if hasattr(self, "model_class") else None

    class Meta:
        icon = "form"
        group = _("Links")
        label = _("Treatment card")
        description = _("A card that leads to a treatment of the clinic.")
        template = "blocks/treatment_card.html"


def lamp_choices() -> list[tuple[str, str | Promise]]:
    """The drawings that show skin from above."""
    return [("mixture", _("A mixture of scars")), *((drawing.value, drawing.label) for drawing in Drawing if drawing in SHAPES)]


class LampBlock(blocks.StructBlock):
    """Skin under a lamp that the reader turns."""

    drawing = blocks.ChoiceBlock(label=_("What it shows"), choices=lamp_choices)
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, help_text=_("What to look for. At most 200 characters."))

    class Meta:
        icon = "view"
        group = _("Media")
        label = _("Turn the lamp")
        description = _("A drawing of skin with a light that readers turn. Once on a page.")
        template = "blocks/lamp.html"
        preview_value = {"drawing": "rolling", "caption": _("Light from the side shows each dip.")}


class MedicalBodyBlock(BodyBlock):
    """The body of a medical page: all body blocks, cards of treatments, and the lamp."""

    treatment = TreatmentCardBlock()
    lamp = LampBlock()

    class Meta:
        block_counts = {"lamp": {"max_num": 1}}


class FinderRuleValue(blocks.StructValue):
    """A rule of the finder, as staff wrote it."""

    def as_rule(self) -> Rule:
        """The rule as the finder applies it."""
        return Rule(
            condition=Condition(self["condition"]),
            scope=RuleScope(self["scope"]),
            effect=RuleEffect(self["effect"]),
            sentence=self["sentence"],
            sources=tuple(str(source) for source in self["sources"] if source),
        )


class FinderRuleBlock(blocks.StructBlock):
    """One rule of the finder."""

    condition = blocks.ChoiceBlock(label=_("If a reader says"), choices=Condition.choices)
    effect = blocks.ChoiceBlock(label=_("Then"), choices=RuleEffect.choices)
    scope = blocks.ChoiceBlock(label=_("For"), choices=RuleScope.choices, default=RuleScope.ALL)
    sentence = blocks.CharBlock(label=_("What the reader reads"), max_length=240, help_text=_("At most 240 characters."))
    sources = blocks.ListBlock(ReferenceChooserBlock(required=False), label=_("What it rests on"), max_num=5, default=[])

    class Meta:
        icon = "help"
        group = _("Finder")
        label = _("Rule")
        description = _("What one answer means, for which treatments.")
        template = "blocks/finder_rule.html"
        value_class = FinderRuleValue
        preview_value = {
            "condition": "tan", "effect": "wait", "scope": "procedures", "sentence": _("A tan fades first."), "sources": [],
        }  # fmt: skip


class FinderRulesBlock(blocks.StreamBlock):
    """The rules of the finder, in their order."""

    rule = FinderRuleBlock()

    class Meta:
        icon = "help"
        group = _("Finder")
        label = _("Rules")
        description = _("What answers mean.")
        template = "blocks/finder_rules.html"
        max_num = 40
        preview_value: list[object] = []


class AftercareDayBlock(blocks.StructBlock):
    """One day after a treatment, or a few."""

    when = blocks.CharBlock(label=_("When"), max_length=60, help_text=_("Such as “Day 1” or “Days 2 to 4”. At most 60 characters."))
    normal = blocks.TextBlock(label=_("Normal"), max_length=400, help_text=_("What most people see and feel. At most 400 characters."))
    do = blocks.TextBlock(label=_("What to do"), max_length=400, help_text=_("At most 400 characters."))
    not_normal = blocks.TextBlock(label=_("Not normal: get help"), max_length=300, help_text=_("At most 300 characters."))

    class Meta:
        icon = "date"
        group = _("Aftercare")
        label = _("Day")
        description = _("What is normal on a day, what to do, and what is not normal.")
        template = "blocks/aftercare_day.html"
        preview_value = {
            "when": _("Day 1"), "normal": _("Warm, pink skin."), "do": _("Wash gently."), "not_normal": _("Blisters."),
        }  # fmt: skip


class AftercareDaysBlock(blocks.StreamBlock):
    """The days after a treatment, in their order."""

    day = AftercareDayBlock()

    class Meta:
        icon = "date"
        group = _("Aftercare")
        label = _("Days")
        description = _("The days after a treatment.")
        template = "blocks/aftercare_days.html"
        max_num = 14
        preview_value: list[object] = []
