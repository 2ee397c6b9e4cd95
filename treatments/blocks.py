"""Blocks that know about treatments."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.body import BodyBlock

__all__ = ["MedicalBodyBlock", "TreatmentCardBlock"]


class TreatmentCardBlock(blocks.PageChooserBlock):
    """A card that leads to a treatment; it vanishes while the treatment is not published."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("page_type", "treatments.TreatmentPage")
        super().__init__(**kwargs)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context=parent_context), "treatment": value.specific if value and value.live else None}

    def get_preview_value(self) -> Any:
        return self.model_class.objects.live().first() if hasattr(self, "model_class") else None

    class Meta:
        icon = "form"
        group = _("Links")
        label = _("Treatment card")
        description = _("A card that leads to a treatment of the clinic.")
        template = "blocks/treatment_card.html"


class MedicalBodyBlock(BodyBlock):
    """The free body of a medical page."""

    treatment = TreatmentCardBlock()
