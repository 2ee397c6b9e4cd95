"""Treatments: what they are, whom they suit, and what to expect."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index

from core.blocks.questions import QuestionListBlock
from core.fields import BlockStreamField, PlainTextField
from core.models.pages import BasePage, BodyMixin, ReferencesMixin, Section
from page_tree.draft_relations import related_ids
from page_tree.visibility import private_paths, published
from review.models.pages import MedicalMixin
from treatments.blocks import MedicalBodyBlock
from treatments.choices import Drawing, Fit
from treatments.models.cautions import TreatmentCaution, most_severe_first
from treatments.models.course import CourseMixin
from treatments.models.fits import ScarFit, with_references

MAX_RELATED = 8
#: Addresses below the overview that belong to views, so no treatment may use them.
RESERVED_SLUGS = ("finder", "compare")


class TreatmentPage(MedicalMixin, CourseMixin, BodyMixin, ReferencesMixin, BasePage):
    """One treatment, with its text and its facts."""

    also_called = models.CharField(
        _("also called"),
        max_length=200,
        blank=True,
        help_text=_(
            "Other names, separated by commas. Search finds the page by them, and the checker of facts knows what a text speaks of."
        ),
    )
    drawing = models.CharField(_("drawing"), max_length=24, choices=Drawing.choices, default=Drawing.HEALTHY)
    image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown below the introduction. Never a before-and-after picture: those have a page type of their own."),
    )
    image_alt = models.CharField(
        _("what the picture shows"), max_length=160, blank=True, help_text=_("For people who cannot see it. At most 160 characters.")
    )
    what_it_is = PlainTextField(_("what it is"))
    how_it_works = PlainTextField(_("how it works"), blank=True)
    who_it_suits = PlainTextField(_("who it suits"), blank=True)
    who_should_not = PlainTextField(_("who should not have it"), blank=True)
    before_visit = PlainTextField(_("before"), blank=True, help_text=_("What to do and what to leave before the visit."))
    during_visit = PlainTextField(_("during"), blank=True, help_text=_("What happens in the room, and how it feels."))
    after_visit = PlainTextField(_("after"), blank=True, help_text=_("What to expect in the hours, days and weeks after."))
    risks = PlainTextField(_("risks"), blank=True)
    aftercare = PlainTextField(_("aftercare"), blank=True)
    body = BlockStreamField(MedicalBodyBlock(), blank=True, verbose_name=_("more to tell"))
    faqs = BlockStreamField(QuestionListBlock(), blank=True, verbose_name=_("frequent questions"))
    related_treatments = ParentalManyToManyField("self", symmetrical=False, blank=True, verbose_name=_("related treatments"))

    select_related_on_route = ("image", "author", "approval__clinician")
    #: Live results name it.
    protected_while_live = True
    template = "pages/treatment_page.html"
    parent_page_types = ["treatments.TreatmentIndexPage"]
    subpage_types = ["treatments.AftercarePage"]
    kind_label = _("Treatment")
    unapproved_fields = (*MedicalMixin.unapproved_fields, "related_treatments")
    relations_with_notes = ("scar_fits", "cautions")
    content_panels = [
        *MedicalMixin.review_panels,
        *BasePage.content_panels,
        FieldPanel("author"),
        FieldRowPanel([FieldPanel("drawing"), FieldPanel("also_called")]),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture"), classname="collapsed"),
        MultiFieldPanel([FieldPanel("what_it_is"), FieldPanel("how_it_works"), FieldPanel("off_label_note")], heading=_("What it is")),
        MultiFieldPanel([FieldPanel("who_it_suits"), FieldPanel("who_should_not")], heading=_("For whom")),
        MultiFieldPanel([FieldPanel("before_visit"), FieldPanel("during_visit"), FieldPanel("after_visit")], heading=_("What to expect")),
        MultiFieldPanel([FieldPanel("risks"), FieldPanel("aftercare")], heading=_("Risks and aftercare")),
        FieldPanel("body"),
        FieldPanel("faqs"),
        FieldPanel("references"),
        FieldPanel("related_treatments"),
    ]
    facts_panels = [
        InlinePanel("scar_fits", heading=_("Which scars it suits"), label=_("Scar type")),
        InlinePanel("cautions", heading=_("Who should not have it, or not yet"), label=_("Condition")),
        *CourseMixin.fact_panels,
        CourseMixin.price_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("also_called", boost=2),
        *(
            index.SearchField(name)
            for name in ("what_it_is", "how_it_works", "who_it_suits", "who_should_not", "before_visit", "during_visit")
        ),
        *(index.SearchField(name) for name in ("after_visit", "risks", "aftercare", "body", "faqs")),
    ]

    class Meta:
        verbose_name = _("treatment")

    @classmethod
    def get_edit_handler(cls) -> TabbedInterface:
        """Text, facts and the other fields on separate tabs."""
        return TabbedInterface(
            [
                ObjectList(cls.content_panels, heading=_("Text")),
                ObjectList(cls.facts_panels, heading=_("Facts and price")),
                ObjectList(cls.promote_panels, heading=_("Promote")),
                ObjectList(cls.settings_panels, heading=_("Settings")),
            ]
        ).bind_to_model(cls)

    def clean(self) -> None:
        super().clean()
        problems = {}
        if self.slug in RESERVED_SLUGS:
            problems["slug"] = _("This address belongs to the finder or the comparison. Choose another.")
        if self.image_id and not self.image_alt:
            problems["image_alt"] = _("Say in a few words what the picture shows.")
        if problems:
            raise ValidationError(problems)

    @cached_property
    def fits(self) -> list[ScarFit]:
        """Fits of this treatment for published scar types, best first, with references."""
        fits = self.scar_fits.all().select_related("scar_type") if self.pk else []
        private = tuple(private_paths())
        published_fits = [fit for fit in fits if fit.scar_type.live and not fit.scar_type.path.startswith(private)]
        return with_references(sorted(published_fits, key=lambda fit: Fit(fit.fit).rank))

    @cached_property
    def all_cautions(self) -> list[TreatmentCaution]:
        """Who should not have the treatment, or not yet, most severe first."""
        return most_severe_first(self.cautions.all())

    @property
    def is_procedure(self) -> bool:
        """Whether something is done to the skin at the clinic, rather than put on it at home."""
        return self.drawing != Drawing.SKINCARE

    @property
    def suits(self) -> list[ScarFit]:
        """Fits for scar types that the treatment can help."""
        return [fit for fit in self.fits if fit.is_recommended]

    @property
    def does_not_suit(self) -> list[ScarFit]:
        """Fits for scar types that the treatment is a poor fit or unsuitable for."""
        return [fit for fit in self.fits if not fit.is_recommended]

    def sections(self) -> Iterator[Section]:
        """The sections of the page, in order."""

        def text_section(anchor: str, title: str, text: str) -> Section:
            return Section(anchor, title, bool(text), "sections/rich_text.html", text)

        folder = "sections/treatment"
        has_visit_text = self.before_visit or self.during_visit or self.after_visit
        yield Section("what-it-is", gettext("What it is"), bool(self.what_it_is), f"{folder}/what_it_is.html", self.what_it_is)
        yield Section("off-label", "", bool(self.off_label_note), f"{folder}/off_label.html")
        yield text_section("how-it-works", gettext("How it works"), self.how_it_works)
        yield Section("who-it-suits", gettext("Who it suits"), bool(self.who_it_suits or self.fits), f"{folder}/who_it_suits.html")
        has_cautions = bool(self.who_should_not or self.all_cautions)
        yield Section("who-should-not", gettext("Who should not have it"), has_cautions, f"{folder}/who_should_not.html")
        yield Section("what-to-expect", gettext("What to expect"), bool(has_visit_text), f"{folder}/what_to_expect.html")
        yield text_section("risks", gettext("Risks"), self.risks)
        has_aftercare = bool(self.aftercare or self.aftercare_page)
        yield Section("aftercare", gettext("Aftercare"), has_aftercare, f"{folder}/aftercare.html", self.aftercare)
        yield self.body_section()
        yield Section("questions", gettext("Questions"), bool(self.faqs), "sections/questions.html")
        yield self.references_section()

    @cached_property
    def aftercare_page(self) -> Page | None:
        """The published page with the aftercare by day, if there is one. It is among the related pages, which saves a query."""
        return next((page for page in self.related if page.path.startswith(self.path)), None)

    @cached_property
    def related(self) -> models.QuerySet[Page] | list[Page]:
        """What to read next. Empty in the preview of a page that was never saved, since it has no relations yet."""
        return self.related_pages() if self.pk else []

    def related_pages(self) -> models.QuerySet[Page]:
        """The aftercare by day, treatments that staff chose, cases of this treatment, and articles about it: published ones, in one query.

        Articles belong to a higher layer, so they cannot be imported here; their model defines the related name `articles`.
        """
        chosen = models.Q(pk__in=related_ids(self, "related_treatments"))
        articles = models.Q(pk__in=self.articles.order_by("-published_on").values("pk"))
        cases = models.Q(pk__in=self.results.values("pk"))
        below = models.Q(path__startswith=self.path, depth=self.depth + 1)
        pages = published(Page.objects.filter(chosen | articles | cases | below))
        return pages.order_by(models.Case(models.When(below, then=0), default=1), "path")[:MAX_RELATED]
