"""The home page, built from sections that staff add and order."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.fields import BlockStreamField
from core.models.pages import BasePage
from home.blocks import HomeBodyBlock


class HomePage(BasePage):
    """The home page. There is exactly one."""

    body = BlockStreamField(HomeBodyBlock(), blank=True, verbose_name=_("sections"))

    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "treatments.ScarTypeIndexPage",
        "treatments.TreatmentIndexPage",
        "treatments.ResultIndexPage",
        "blog.ArticleIndexPage",
        "home.TeamPage",
        "home.StandardPage",
        "consultations.ConsultationPage",
    ]
    max_count = 1
    kind_label = _("Home")
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
