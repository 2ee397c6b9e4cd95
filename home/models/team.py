"""The team page. Each clinician has a page at an address below it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from blog.models import newest_articles
from core.clinicians import listed_clinicians
from core.fields import PlainTextField
from core.models.pages import BasePage, FixedAddressMixin


class TeamPage(RoutablePageMixin, FixedAddressMixin, BasePage):
    """Lists the clinicians, and serves the page of each at `<slug>/`."""

    fixed_slug = "team"
    introduction = PlainTextField(_("introduction"), blank=True)

    template = "pages/team_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    kind_label = _("Overview")
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("team page")

    @path("")
    def list_all(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, context_overrides={"clinicians": listed_clinicians()})

    @path("<slug:slug>/", name="clinician")
    def show_clinician(self, request: HttpRequest, slug: str) -> HttpResponse:
        clinician = next((clinician for clinician in listed_clinicians() if clinician.slug == slug), None)
        if clinician is None:
            raise Http404
        articles = newest_articles(Page.objects.all()).filter(author=clinician)[:4]
        return self.render(request, context_overrides={"clinician": clinician, "articles": articles}, template="pages/clinician_page.html")

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, object]]:
        base = self.get_full_url(request)
        return [*super().get_sitemap_urls(request), *({"location": f"{base}{clinician.slug}/"} for clinician in listed_clinicians())]
