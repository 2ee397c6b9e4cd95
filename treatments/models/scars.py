"""Scar types: what they look like, how they form, and what helps."""

from collections.abc import Iterator

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from core.blocks.questions import QuestionListBlock
from core.fields import BlockStreamField, PlainTextField
from core.models.pages import BasePage, BodyMixin, FixedAddressMixin, ReferencesMixin, Section
from page_tree.visibility import published
from review.models.pages import ClinicianReviewMixin, MedicalMixin
from treatments.blocks import MedicalBodyBlock
from treatments.choices import Drawing, ScarGroup
from treatments.models.fits import ScarFit, with_references

MAX_READ_ON = 6


class ScarTypeIndexPage(ClinicianReviewMixin, FixedAddressMixin, BasePage):
    """Lists all scar types, grouped by the shape of the skin's surface."""

    fixed_slug = "scars"
    introduction = PlainTextField(_("introduction"), blank=True)

    template = "pages/scar_type_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["treatments.ScarTypePage"]
    max_count_per_parent = 1
    kind_label = _("Overview")
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("scar type overview")

    def groups(self) -> list[tuple[ScarGroup, list["ScarTypePage"]]]:
        """Published scar types by group, in the order of the page tree. Empty groups are left out."""
        pages = list(published(ScarTypePage.objects.child_of(self)).order_by("path").defer_streamfields())
        grouped = [(group, [page for page in pages if page.group == group]) for group in ScarGroup]
        return [(group, members) for group, members in grouped if members]


class ScarTypePage(MedicalMixin, BodyMixin, ReferencesMixin, BasePage):
    """One type of scar or mark."""

    group = models.CharField(_("group"), max_length=16, choices=ScarGroup.choices, help_text=_("What the surface of the skin does."))
    drawing = models.CharField(_("drawing"), max_length=24, choices=Drawing.choices, default=Drawing.HEALTHY)
    also_called = models.CharField(
        _("also called"), max_length=200, blank=True, help_text=_("Everyday names, separated by commas. Search finds the page by them.")
    )
    size_note = models.CharField(_("size"), max_length=120, blank=True, help_text=_("Such as: under 2 mm wide, and deep."))
    looks_like = PlainTextField(_("what it looks like"))
    how_it_forms = PlainTextField(_("how it forms"), blank=True)
    what_helps = PlainTextField(
        _("what helps"), blank=True, help_text=_("Introduces the treatments. The list itself comes from the treatments' own facts.")
    )
    what_does_not_help = PlainTextField(_("what does not help"), blank=True)
    finder_advice = models.CharField(
        _("what the finder says first"),
        max_length=300,
        blank=True,
        help_text=_("Such as usual methods that you do not offer, or time and sun protection. At most 300 characters."),
    )
    body = BlockStreamField(MedicalBodyBlock(), blank=True, verbose_name=_("more to tell"))
    faqs = BlockStreamField(QuestionListBlock(), blank=True, verbose_name=_("frequent questions"))

    #: Live treatments have a fit for it.
    protected_while_live = True
    template = "pages/scar_type_page.html"
    parent_page_types = ["treatments.ScarTypeIndexPage"]
    subpage_types: list[str] = []
    kind_label = _("Scar type")
    select_related_on_route = ("author", "approval__clinician")
    content_panels = [
        *MedicalMixin.review_panels,
        *BasePage.content_panels,
        FieldPanel("author"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("group"), FieldPanel("drawing")]), FieldPanel("size_note"), FieldPanel("also_called")],
            heading=_("At a glance"),
        ),
        MultiFieldPanel([FieldPanel("looks_like"), FieldPanel("how_it_forms")], heading=_("About this scar")),
        MultiFieldPanel(
            [FieldPanel("what_helps"), FieldPanel("what_does_not_help"), FieldPanel("finder_advice")], heading=_("What can be done")
        ),
        FieldPanel("body"),
        FieldPanel("faqs"),
        FieldPanel("references"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("also_called", boost=2),
        index.SearchField("looks_like"),
        index.SearchField("how_it_forms"),
        index.SearchField("what_helps"),
        index.SearchField("body"),
        index.SearchField("faqs"),
        index.FilterField("group"),
    ]

    class Meta:
        verbose_name = _("scar type")

    @cached_property
    def fits(self) -> list[ScarFit]:
        """How well each published treatment suits this scar type, best first, with references."""
        return with_references(list(ScarFit.objects.published().filter(scar_type=self).best_first().select_related("treatment")))

    @property
    def helpful(self) -> list[ScarFit]:
        """Fits of treatments that can help."""
        return [fit for fit in self.fits if fit.is_recommended]

    @property
    def unhelpful(self) -> list[ScarFit]:
        """Fits of treatments that are a poor fit or unsuitable."""
        return [fit for fit in self.fits if not fit.is_recommended]

    def sections(self) -> Iterator[Section]:
        """The sections of the page, in order."""
        helps, does_not = self.what_helps or self.helpful, self.what_does_not_help or self.unhelpful
        folder = "sections/scar_type"
        yield Section("looks", gettext("What it looks like"), bool(self.looks_like), "sections/rich_text.html", self.looks_like)
        yield Section("helps", gettext("What helps"), bool(helps), f"{folder}/what_helps.html")
        yield Section("does-not-help", gettext("What does not help"), bool(does_not), f"{folder}/what_does_not_help.html")
        yield Section("forms", gettext("How it forms"), bool(self.how_it_forms), "sections/rich_text.html", self.how_it_forms)
        yield self.body_section()
        yield Section("questions", gettext("Questions"), bool(self.faqs), "sections/questions.html")
        yield self.references_section()

    @cached_property
    def read_on(self) -> models.QuerySet[Page]:
        """The treatments that can help, never one that is a poor fit, and cases of this scar type."""
        treatments = models.Q(pk__in=[fit.treatment_id for fit in self.helpful])
        cases = models.Q(pk__in=self.results.values("pk"))
        return published(Page.objects.filter(treatments | cases)).order_by("path")[:MAX_READ_ON]

    @cached_property
    def similar(self) -> models.QuerySet["ScarTypePage"]:
        """Up to three published scar types of the same group, which readers may confuse with this one."""
        siblings = published(type(self).objects.sibling_of(self, inclusive=False)).filter(group=self.group).order_by("path")
        return siblings.defer_streamfields()[:3]
