"""Before-and-after cases, each with comparable photos and valid photo consents."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from common.types import Context, Extra
from core.fields import PlainTextField
from core.models.pages import BasePage, FixedAddressMixin, ReferencesMixin, Section
from images.models.site_image import Shows
from page_tree.visibility import published
from review.models.pages import ClinicianReviewMixin, MedicalMixin
from treatments.choices import MonkTone
from treatments.models.scars import ScarTypePage
from treatments.models.treatments import TreatmentPage

RESULTS_PER_PAGE = 12
#: With fewer cases than this, a filter hides more than it finds.
MIN_FILTERED = 7


class ResultIndexPage(ClinicianReviewMixin, FixedAddressMixin, BasePage):
    """Lists all published cases, with filters by treatment, scar type and skin tone."""

    fixed_slug = "results"
    introduction = PlainTextField(_("introduction"), blank=True)

    template = "pages/result_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["treatments.ResultPage"]
    max_count_per_parent = 1
    kind_label = _("Overview")
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("results overview")

    def cases(self) -> models.QuerySet["ResultPage"]:
        """Published cases, newest first, with what their cards show."""
        cases = published(ResultPage.objects.child_of(self)).order_by("-first_published_at", "-pk")
        return cases.select_related("treatment", "scar_type").prefetch_related("photos__image__renditions")

    def get_context(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> Context:
        """Add one page of the filtered cases, and filters where there are enough cases.

        An unknown filter value matches no case. Raises `Http404` for an unknown page number.
        """
        treatment, scar, tone = (request.GET.get(name, "") for name in ("treatment", "scar", "tone"))
        all_cases = list(self.cases())
        offered = all_cases if len(all_cases) >= MIN_FILTERED else []
        cases = [
            case for case in all_cases
            if (not treatment or (case.treatment and case.treatment.slug == treatment))
            and (not scar or (case.scar_type and case.scar_type.slug == scar))
            and (not tone or str(case.skin_tone) == tone)
        ]  # fmt: skip
        try:
            page = Paginator(cases, RESULTS_PER_PAGE).page(request.GET.get("page", 1))
        except (EmptyPage, PageNotAnInteger) as error:
            raise Http404 from error
        return {
            **super().get_context(request, *args, **kwargs),
            "cases": page, "chosen": {"treatment": treatment, "scar": scar, "tone": tone}, "narrowed": bool(treatment or scar or tone),
            "treatments": sorted({(c.treatment.slug, c.treatment.title) for c in offered if c.treatment}, key=lambda pair: pair[1]),
            "scars": sorted({(c.scar_type.slug, c.scar_type.title) for c in offered if c.scar_type}, key=lambda pair: pair[1]),
            "tones": sorted({c.skin_tone for c in offered}),
        }  # fmt: skip


class ResultPage(MedicalMixin, ReferencesMixin, BasePage):
    """One case: scar type, treatment, and photos from before and after."""

    treatment = models.ForeignKey(
        TreatmentPage, verbose_name=_("treatment"), null=True, blank=True, on_delete=models.SET_NULL, related_name="results"
    )
    scar_type = models.ForeignKey(
        ScarTypePage, verbose_name=_("scar type"), null=True, blank=True, on_delete=models.SET_NULL, related_name="results"
    )
    skin_tone = models.PositiveSmallIntegerField(
        _("skin tone"), choices=MonkTone.choices, default=MonkTone.T5, help_text=_("On the Monk scale, as it looks in the first photo.")
    )
    sessions = models.PositiveSmallIntegerField(_("sessions"), default=1)
    weeks_after = models.PositiveSmallIntegerField(_("weeks between the last session and the last photo"), default=12)
    lighting_note = models.CharField(
        _("light and position"),
        max_length=160,
        help_text=_("How the photos were taken, such as: same room, light from the left, no makeup."),
    )
    other_care = models.CharField(
        _("other care in that time"), max_length=200, blank=True, help_text=_("Such as skincare, or another treatment.")
    )
    varies_note = models.CharField(
        _("results vary"),
        max_length=200,
        default=_("Results vary. Yours may be better, similar or less."),
        help_text=_("Shown with every case."),
    )
    is_comparable = models.BooleanField(
        _("the photos can be compared"), default=False, help_text=_("Same light, same distance, same angle, no makeup, nothing retouched.")
    )
    story = PlainTextField(
        _("what happened"), blank=True, help_text=_("Two or three sentences. Nothing by which the patient could be recognised.")
    )

    may_show_patients = True
    select_related_on_route = ("treatment", "scar_type", "author", "approval__clinician")
    template = "pages/result_page.html"
    parent_page_types = ["treatments.ResultIndexPage"]
    subpage_types: list[str] = []
    kind_label = _("Result")
    content_panels = [
        *MedicalMixin.review_panels,
        *BasePage.content_panels,
        InlinePanel("photos", heading=_("Photos"), label=_("Photo"), min_num=2, max_num=6, help_text=_("First before, then after.")),
        FieldPanel("is_comparable"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("treatment"), FieldPanel("scar_type")]),
                FieldRowPanel([FieldPanel("sessions"), FieldPanel("weeks_after")]),
                FieldPanel("skin_tone"),
                FieldPanel("lighting_note"),
                FieldPanel("other_care"),
            ],
            heading=_("The case"),
        ),
        FieldPanel("story"),
        FieldPanel("varies_note"),
        FieldPanel("references"),
        FieldPanel("author"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("story")]

    class Meta:
        verbose_name = _("result")

    def clean(self) -> None:
        super().clean()
        problems = {}
        if not self.sessions:
            problems["sessions"] = _("At least one session.")
        if not self.treatment_id:
            problems["treatment"] = _("Choose the treatment.")
        if not self.scar_type_id:
            problems["scar_type"] = _("Choose the scar type.")
        if problems:
            raise ValidationError(problems)

    def sections(self) -> Iterator[Section]:
        yield Section("story", "", True, "sections/result_story.html", self.story)
        yield self.references_section()

    def publish_blockers(self) -> Iterator[str | Promise]:
        yield from super().publish_blockers()
        photos = list(self.photos.all())
        if len(photos) < 2:
            yield _("A case needs two photos at least: one before and one after.")
        if not self.is_comparable:
            yield _("Confirm that the photos can be compared: same light, distance and angle, nothing retouched.")
        for photo in photos:
            if photo.image.shows == Shows.OTHER:
                yield gettext("Say on the picture “%s” whether it is a drawing or shows a patient.") % photo.image.title

    @cached_property
    def photos_with_renditions(self) -> list["ResultPhoto"]:
        """The photos in order, with their images and renditions prefetched."""
        photos = list(self.photos.all())
        prefetch_related_objects(photos, "image__renditions")
        return photos

    @property
    def first_and_last(self) -> list["ResultPhoto"]:
        """The pictures from before and after, for a list of cases."""
        photos = list(self.photos.all())
        return [photos[0], photos[-1]] if len(photos) > 1 else photos

    @property
    def is_drawn(self) -> bool:
        """Whether all images are drawings. Readers see a note about it."""
        return all(photo.image.shows == Shows.DRAWING for photo in self.photos_with_renditions)

    @property
    def sessions_text(self) -> str:
        """Such as “3 sessions”."""
        return ngettext("%(count)s session", "%(count)s sessions", self.sessions) % {"count": self.sessions}

    @property
    def interval_text(self) -> str:
        """Such as “12 weeks after the last one”."""
        return ngettext("%(count)s week after the last one", "%(count)s weeks after the last one", self.weeks_after) % {
            "count": self.weeks_after
        }


class ResultPhoto(Orderable):
    """One photo of a case."""

    page = ParentalKey(ResultPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey("core.SiteImage", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+")
    label = models.CharField(_("when"), max_length=60, help_text=_("Such as: Before, or: 12 weeks after three sessions."))
    alt = models.CharField(_("what it shows"), max_length=200, help_text=_("For people who cannot see it. At most 200 characters."))

    panels = [FieldPanel("image"), FieldPanel("label"), FieldPanel("alt")]

    class Meta(Orderable.Meta):
        verbose_name = _("photo of a case")

    def __str__(self) -> str:
        return self.label
