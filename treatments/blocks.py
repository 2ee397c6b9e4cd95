"""Blocks that use the models of treatments."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from common.types import Context, Extra
from core.blocks.body import BodyBlock

__all__ = ["MedicalBodyBlock", "TreatmentCardBlock"]


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


class MedicalBodyBlock(BodyBlock):
    """The body of a medical page: all body blocks, and cards of treatments."""

    treatment = TreatmentCardBlock()
