"""The overview of treatments."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.fields import PlainTextField
from core.models.pages import BasePage, FixedAddressMixin
from page_tree.visibility import published
from review.models.pages import ClinicianReviewMixin
from treatments.models.fits import ScarFit
from treatments.models.treatments import TreatmentPage


class TreatmentIndexPage(ClinicianReviewMixin, FixedAddressMixin, BasePage):
    """Lists all treatments of the clinic."""

    fixed_slug = "treatments"
    introduction = PlainTextField(_("introduction"), blank=True)

    template = "pages/treatment_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["treatments.TreatmentPage", "treatments.FinderPage"]
    max_count_per_parent = 1
    kind_label = _("Overview")
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("treatment overview")

    def treatments(self) -> list[TreatmentPage]:
        """Published treatments in the order of the page tree, each with its recommended fits in `recommended_fits`."""
        pages = list(published(TreatmentPage.objects.child_of(self)).order_by("path").defer_streamfields())
        fits = ScarFit.objects.published().best_first().select_related("scar_type").filter(treatment__in=pages)
        fits_by_treatment: dict[int, list[ScarFit]] = {page.pk: [] for page in pages}
        for fit in fits:
            if fit.is_recommended:
                fits_by_treatment[fit.treatment_id].append(fit)
        for page in pages:
            page.recommended_fits = fits_by_treatment[page.pk]
        return pages

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, object]]:
        base = self.get_full_url(request)
        return [*super().get_sitemap_urls(request), {"location": f"{base}finder/"}, {"location": f"{base}compare/"}]
