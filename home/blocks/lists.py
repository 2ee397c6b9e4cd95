"""Sections that list pages or people."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from blog.models import newest_articles
from common.types import BlockValue, Context
from core.clinicians import listed_clinicians
from home.blocks.opening import HOME_GROUP
from images.prefetch import prefetch_renditions
from page_tree.visibility import private_paths, published
from treatments.models import ScarTypePage

__all__ = ["ArticlesBlock", "CliniciansBlock", "ScarTypesBlock", "TreatmentsBlock"]

MAX_ARTICLES = 3


class ListSectionBlock(blocks.StructBlock):
    """Base of sections with a title, a sentence and a list that is queried when the page is rendered."""

    title = blocks.CharBlock(label=_("Title"), max_length=90, help_text=_("At most 90 characters."))
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=320, help_text=_("At most 320 characters."))

    def entries(self, value: BlockValue) -> Iterable[Model]:
        """The pages or people to list."""
        raise NotImplementedError

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        return {**super().get_context(value, parent_context=parent_context), "entries": self.entries(value)}


class ScarTypesBlock(ListSectionBlock):
    """Every published scar type."""

    def entries(self, value: BlockValue) -> Iterable[Model]:
        return published(ScarTypePage.objects.all()).order_by("path").defer_streamfields()

    class Meta:
        icon = "view"
        group = HOME_GROUP
        label = _("Choose your scar type")
        description = _("All published scar types with their drawings. Nothing to keep up to date.")
        template = "blocks/home/scar_types.html"
        preview_value = {"title": _("Which of these do you see?"), "text": _("Most people have more than one kind.")}


class TreatmentsBlock(ListSectionBlock):
    """Treatments that staff chose. Unpublished and private ones are skipped."""

    treatments = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="treatments.TreatmentPage", label=_("Treatment")),
        label=_("Treatments"),
        min_num=1,
        max_num=6,
    )

    def entries(self, value: BlockValue) -> Iterable[Model]:
        return [
            page
            for page in value["treatments"]
            if page is not None and page.live and not any(page.path.startswith(path) for path in private_paths())
        ]

    class Meta:
        icon = "form"
        group = HOME_GROUP
        label = _("Treatments")
        description = _("One to six treatments that you choose.")
        template = "blocks/home/treatments.html"
        preview_value = {"title": _("What we offer"), "text": "", "treatments": []}


class CliniciansBlock(ListSectionBlock):
    """Every clinician with a public page."""

    def entries(self, value: BlockValue) -> Iterable[Model]:
        return listed_clinicians()

    class Meta:
        icon = "group"
        group = HOME_GROUP
        label = _("Clinicians")
        description = _("Everybody who has a public page. Nothing to keep up to date.")
        template = "blocks/home/clinicians.html"
        preview_value = {"title": _("Who you will meet"), "text": ""}


class ArticlesBlock(ListSectionBlock):
    """The newest articles."""

    def entries(self, value: BlockValue) -> Iterable[Model]:
        articles = list(newest_articles(Page.objects.all()).select_related("topic", "image")[:MAX_ARTICLES])
        prefetch_renditions(article.image for article in articles)
        return articles

    class Meta:
        icon = "doc-full-inverse"
        group = HOME_GROUP
        label = _("Latest articles")
        description = _("The three newest articles. Nothing to keep up to date.")
        template = "blocks/home/articles.html"
        preview_value = {"title": _("To read"), "text": ""}
