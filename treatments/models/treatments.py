"""Treatments: what they are, for whom, and what to expect."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index

from core.blocks.questions import QuestionListBlock
from core.fields import BlockStreamField, PlainTextField
from core.models.pages import BasePage, BodyMixin, ContentsItem, FixedAddressMixin, ReferencesMixin
from core.relations import related_ids
from core.visibility import private_paths, published
from treatments.blocks import MedicalBodyBlock
from treatments.choices import Drawing, Fit, PigmentRisk
from treatments.models.fits import ScarFit
from treatments.models.pricing import PriceMixin

MOST_RELATED = 6


class TreatmentIndexPage(FixedAddressMixin, BasePage):
    """All treatments of the clinic."""

    fixed_slug = "treatments"
    introduction = PlainTextField(_("introduction"), blank=True)

    template = "pages/treatment_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["treatments.TreatmentPage"]
    max_count_per_parent = 1
    kind_label = _("Overview")
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("treatment overview")

    def treatments(self) -> list["TreatmentPage"]:
        """Published treatments in the order staff gave them, each with the scars it suits in `listed_fits`."""
        pages = list(published(TreatmentPage.objects.child_of(self)).order_by("path").defer_streamfields())
        fits = ScarFit.objects.published().best_first().select_related("scar_type").filter(treatment__in=pages)
        by_treatment: dict[int, list[ScarFit]] = {page.pk: [] for page in pages}
        for fit in fits:
            if fit.is_recommended:
                by_treatment[fit.treatment_id].append(fit)
        for page in pages:
            page.listed_fits = by_treatment[page.pk]
        return pages


class TreatmentPage(PriceMixin, BodyMixin, ReferencesMixin, BasePage):
    """One treatment, with its facts beside its text."""

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
    off_label_note = models.TextField(
        _("off-label disclosure"),
        max_length=400,
        blank=True,
        help_text=_("Needed where the product is used for something its label does not list. At most 400 characters."),
    )
    sessions_min = models.PositiveSmallIntegerField(_("sessions, from"), null=True, blank=True)
    sessions_max = models.PositiveSmallIntegerField(_("sessions, to"), null=True, blank=True)
    weeks_between_min = models.PositiveSmallIntegerField(_("weeks between sessions, from"), null=True, blank=True)
    weeks_between_max = models.PositiveSmallIntegerField(_("weeks between sessions, to"), null=True, blank=True)
    downtime = models.CharField(
        _("downtime"), max_length=120, blank=True, help_text=_("How long until most people go about as usual. At most 120 characters.")
    )
    pigment_risk = models.CharField(_("pigment risk in darker skin"), max_length=16, choices=PigmentRisk.choices, default=PigmentRisk.SOME)
    pigment_note = models.CharField(_("note on pigment"), max_length=255, blank=True, help_text=_("At most 255 characters."))
    body = BlockStreamField(MedicalBodyBlock(), blank=True, verbose_name=_("more to tell"))
    faqs = BlockStreamField(QuestionListBlock(), blank=True, verbose_name=_("frequent questions"))
    related_treatments = ParentalManyToManyField("self", symmetrical=False, blank=True, verbose_name=_("related treatments"))

    reading_relations = ("image",)
    template = "pages/treatment_page.html"
    parent_page_types = ["treatments.TreatmentIndexPage"]
    subpage_types: list[str] = []
    kind_label = _("Treatment")
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("drawing"),
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
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("sessions_min"), FieldPanel("sessions_max")]),
                FieldRowPanel([FieldPanel("weeks_between_min"), FieldPanel("weeks_between_max")]),
                FieldPanel("downtime"),
            ],
            heading=_("Sessions and downtime"),
        ),
        MultiFieldPanel([FieldPanel("pigment_risk"), FieldPanel("pigment_note")], heading=_("Darker skin")),
        PriceMixin.price_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        *(
            index.SearchField(name)
            for name in ("what_it_is", "how_it_works", "who_it_suits", "who_should_not", "before_visit", "during_visit")
        ),
        *(index.SearchField(name) for name in ("after_visit", "risks", "aftercare", "body", "faqs")),
    ]

    class Meta:
        verbose_name = _("treatment")

    @classmethod
    def get_edit_handler(cls) -> Any:
        """Text, facts and the rest on tabs of their own, in the order in which people think."""
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
        if self.sessions_min and self.sessions_max and self.sessions_max < self.sessions_min:
            problems["sessions_max"] = _("This is fewer than the number before it. Swap the two.")
        if self.weeks_between_min and self.weeks_between_max and self.weeks_between_max < self.weeks_between_min:
            problems["weeks_between_max"] = _("This is fewer than the number before it. Swap the two.")
        if self.image_id and not self.image_alt:
            problems["image_alt"] = _("Say in a few words what the picture shows.")
        if problems:
            raise ValidationError(problems)

    @property
    def sessions_text(self) -> str:
        """Such as “3 to 5 sessions”; empty where nobody said."""
        low, high = self.sessions_min or self.sessions_max, self.sessions_max or self.sessions_min
        if not low or not high:
            return ""
        if low == high:
            return ngettext("%(count)s session", "%(count)s sessions", low) % {"count": low}
        return gettext("%(low)s to %(high)s sessions") % {"low": low, "high": high}

    @property
    def spacing_text(self) -> str:
        """Such as “4 to 6 weeks apart”; empty where nobody said."""
        low, high = self.weeks_between_min or self.weeks_between_max, self.weeks_between_max or self.weeks_between_min
        if not low or not high:
            return ""
        if low == high:
            return ngettext("%(count)s week apart", "%(count)s weeks apart", low) % {"count": low}
        return gettext("%(low)s to %(high)s weeks apart") % {"low": low, "high": high}

    @cached_property
    def fits(self) -> list[ScarFit]:
        """The scars that this treatment is judged for, best fit first; unpublished ones are left out."""
        fits = self.scar_fits.all().select_related("scar_type") if self.pk else []
        private = tuple(private_paths())
        shown = [fit for fit in fits if fit.scar_type.live and not fit.scar_type.path.startswith(private)]
        return sorted(shown, key=lambda fit: Fit(fit.fit).rank)

    @property
    def suits(self) -> list[ScarFit]:
        """Scars that it can help."""
        return [fit for fit in self.fits if fit.is_recommended]

    @property
    def suits_not(self) -> list[ScarFit]:
        """Scars that it is a poor fit or unsuitable for."""
        return [fit for fit in self.fits if not fit.is_recommended]

    def sections(self) -> Iterator[ContentsItem]:
        parts = (
            ("what-it-is", gettext("What it is"), self.what_it_is),
            ("how-it-works", gettext("How it works"), self.how_it_works),
            ("who-it-suits", gettext("Who it suits"), self.who_it_suits or self.fits),
            ("who-should-not", gettext("Who should not have it"), self.who_should_not),
            ("what-to-expect", gettext("What to expect"), self.before_visit or self.during_visit or self.after_visit),
            ("risks", gettext("Risks"), self.risks),
            ("aftercare", gettext("Aftercare"), self.aftercare),
        )
        yield from (ContentsItem(anchor, text, 2) for anchor, text, content in parts if content)
        yield from BodyMixin.sections(self)
        if self.faqs:
            yield ContentsItem("questions", gettext("Questions"), 2)
        if self.references:
            yield ContentsItem("references", gettext("References"), 2)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "related": self.related_pages() if self.pk else []}

    def related_pages(self) -> models.QuerySet[Page]:
        """Published treatments that staff named, then the newest articles that name this one, in one query.

        Articles stand on a floor above; they register their relation under the name `articles`.
        """
        named = models.Q(pk__in=related_ids(self, "related_treatments"))
        written = models.Q(pk__in=self.articles.order_by("-published_on").values("pk"))
        return published(Page.objects.filter(named | written)).order_by("path")[:MOST_RELATED]
