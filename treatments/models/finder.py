"""The page with the rules of the finder, which a clinician edits and approves like any medical text."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.fields import BlockStreamField
from core.models.pages import BasePage, FixedAddressMixin
from review.models.pages import MedicalMixin
from treatments.blocks import FinderRulesBlock
from treatments.choices import MonkTone
from treatments.finder_rules import DEFAULT_PIGMENT_TONE, DEFAULT_RULES, Rule


class FinderPage(MedicalMixin, FixedAddressMixin, BasePage):
    """The rules by which the finder sorts what a reader may ask about. `treatments.views.finder` answers at its address.

    The fits, cautions and risks that the rules are applied to are facts of the treatments, each approved with its own page.
    """

    fixed_slug = "finder"
    pigment_from = models.PositiveSmallIntegerField(
        _("cautions on pigment from tone"),
        choices=MonkTone.choices,
        default=DEFAULT_PIGMENT_TONE,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("Readers with this tone or a deeper one, and who would rather not say, read the risk of dark or light marks."),
    )
    rules = BlockStreamField(
        FinderRulesBlock(),
        blank=True,
        verbose_name=_("rules"),
        help_text=_("What an answer means, whichever scar it is. Rules decide before the fit. Without any, the site's own rules apply."),
    )

    template = "pages/finder.html"
    parent_page_types = ["treatments.TreatmentIndexPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    kind_label = _("Finder")
    content_panels = [
        *MedicalMixin.review_panels,
        *BasePage.content_panels,
        FieldPanel("author"),
        MultiFieldPanel([FieldPanel("pigment_from"), FieldPanel("rules")], heading=_("Rules")),
    ]

    class Meta:
        verbose_name = _("finder")

    def rule_list(self) -> tuple[Rule, ...]:
        """The rules in their order."""
        return tuple(child.value.as_rule() for child in self.rules) or DEFAULT_RULES

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, object]]:
        """None: the overview lists the address, whether or not this page exists."""
        return []

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The rules as readers meet them, with the situations that they were tried on for the clinician."""
        return render(request, "pages/finder_rules.html", {"page": self, "rules": self.rule_list()})
