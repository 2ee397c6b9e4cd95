"""Sections of the home page that staff write themselves."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.callouts import StepBlock
from core.blocks.links import LinkBlock

__all__ = ["HeroBlock", "PrinciplesBlock", "VisitBlock"]

HOME_GROUP = _("Home page")
PREVIEW_BUTTON = {"page": None, "url": "https://www.example.com/", "text": _("Request a consultation")}


class HeroBlock(blocks.StructBlock):
    """The hero: title, text and the main button."""

    eyebrow = blocks.CharBlock(label=_("Line above the title"), required=False, max_length=60)
    title = blocks.CharBlock(label=_("Title"), max_length=90, help_text=_("At most 90 characters."))
    text = blocks.TextBlock(label=_("Text"), max_length=320, help_text=_("Two or three sentences. At most 320 characters."))
    action = LinkBlock(label=_("Button"))
    second_action = LinkBlock(label=_("Second link"), required=False)

    class Meta:
        icon = "home"
        group = HOME_GROUP
        label = _("Opening")
        description = _("Title, a few sentences and the button, beside the drawing of the skin.")
        template = "blocks/home/hero.html"
        preview_value = {
            "eyebrow": _("Dermatology for acne scars"),
            "title": _("Scars have a shape. So has the way to treat them."),
            "text": _("See which scar you have, what can help, and what cannot."),
            "action": PREVIEW_BUTTON,
            "second_action": {"page": None, "url": "https://www.example.com/", "text": _("Find your scar type")},
        }


class VisitBlock(blocks.StructBlock):
    """The steps of a visit."""

    title = blocks.CharBlock(label=_("Title"), max_length=90)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=320)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=6)

    class Meta:
        icon = "list-ol"
        group = HOME_GROUP
        label = _("How a visit works")
        description = _("Numbered steps from the request to the follow-up.")
        template = "blocks/home/visit.html"
        preview_value = {
            "title": _("How a visit works"),
            "text": "",
            "steps": [
                {"title": _("You write to us"), "text": _("<p>Only the front desk can read it.</p>")},
                {"title": _("We look together"), "text": _("<p>In good light, without hurry.</p>")},
            ],
        }


class PrincipleBlock(blocks.StructBlock):
    """One promise of the clinic."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=320)

    class Meta:
        icon = "check"
        group = HOME_GROUP
        label = _("Promise")
        description = _("One promise of the clinic.")
        template = "blocks/home/principle.html"
        preview_value = {"title": _("Evidence, said plainly"), "text": _("We tell you what studies show, and where they are silent.")}


class PrinciplesBlock(blocks.StructBlock):
    """The promises of the clinic."""

    title = blocks.CharBlock(label=_("Title"), max_length=90)
    promises = blocks.ListBlock(PrincipleBlock(), label=_("Promises"), min_num=2, max_num=6)

    class Meta:
        icon = "check"
        group = HOME_GROUP
        label = _("Promises")
        description = _("Two to six promises of the clinic.")
        template = "blocks/home/principles.html"
        preview_value = {
            "title": _("What we promise"),
            "promises": [PrincipleBlock._meta_class.preview_value, PrincipleBlock._meta_class.preview_value],
        }
