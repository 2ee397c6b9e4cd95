"""Blocks that stand out from the text: callouts, steps, facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.types import BlockValue, Context
from core.blocks.text import PlainTextBlock

__all__ = ["CalloutBlock", "CalloutKind", "FactsBlock", "StepsBlock"]

NOTES_GROUP = _("Set apart")


class CalloutKind(models.TextChoices):
    """What a callout asks of the reader. Its label is always shown, so that color is never the only sign."""

    NOTE = "note", _("Good to know")
    DO = "do", _("Do")
    DONT = "dont", _("Do not")
    WARNING = "warning", _("Take care")
    EMERGENCY = "emergency", _("Get help now")


class CalloutBlock(blocks.StructBlock):
    """A few sentences that must not be missed."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=CalloutKind.choices, default=CalloutKind.NOTE)
    title = blocks.CharBlock(label=_("Title"), max_length=90, help_text=_("At most 90 characters."))
    text = PlainTextBlock(label=_("Text"))

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        kind = CalloutKind(value["kind"] or CalloutKind.NOTE)
        return {**super().get_context(value, parent_context=parent_context), "kind": kind.value, "kind_label": kind.label}

    class Meta:
        icon = "warning"
        group = NOTES_GROUP
        label = _("Callout")
        description = _("Something to do, not to do, to take care of, or an emergency.")
        template = "blocks/callout.html"
        preview_value = {
            "kind": "warning",
            "title": _("Do not pick"),
            "text": _("<p>Picking makes a spot last longer, and a lasting spot is likelier to scar.</p>"),
        }


class StepBlock(blocks.StructBlock):
    """One step of a `StepsBlock`."""

    title = blocks.CharBlock(label=_("Title"), max_length=90)
    text = PlainTextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "order"
        group = NOTES_GROUP
        label = _("Step")
        description = _("One step of several.")
        template = "blocks/step.html"
        preview_value = {"title": _("Cleanse"), "text": _("<p>Use lukewarm water.</p>")}


class StepsBlock(blocks.StructBlock):
    """A numbered list of steps."""

    title = blocks.CharBlock(label=_("Title"), max_length=90, required=False)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=10)

    class Meta:
        icon = "list-ol"
        group = NOTES_GROUP
        label = _("Steps")
        description = _("Numbered steps, such as what happens at a visit.")
        template = "blocks/steps.html"
        preview_value = {
            "title": _("Your visit"),
            "steps": [
                {"title": _("We listen"), "text": _("<p>You tell us what bothers you.</p>")},
                {"title": _("We look"), "text": _("<p>We look at your skin in good light.</p>")},
            ],
        }


class FactRowBlock(blocks.StructBlock):
    """One row of a `FactsBlock`: a name and its value."""

    label = blocks.CharBlock(label=_("Name"), max_length=80)
    value = blocks.CharBlock(label=_("Value"), max_length=240)

    class Meta:
        icon = "minus"
        group = NOTES_GROUP
        label = _("Row")
        description = _("One row of a facts table.")
        template = "blocks/fact_row.html"
        preview_value = {"label": _("Width"), "value": _("Under 2 mm")}


class FactsBlock(blocks.StructBlock):
    """A small table with two columns."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=120, help_text=_("Says what the table shows. At most 120 characters."))
    rows = blocks.ListBlock(FactRowBlock(), label=_("Rows"), min_num=2, max_num=20)

    class Meta:
        icon = "table"
        group = NOTES_GROUP
        label = _("Facts table")
        description = _("Names and values side by side.")
        template = "blocks/facts.html"
        preview_value = {
            "caption": _("Three kinds of depressed scar"),
            "rows": [
                {"label": _("Ice-pick"), "value": _("Under 2 mm wide, deep")},
                {"label": _("Boxcar"), "value": _("1.5 to 4 mm wide, steep walls")},
            ],
        }
