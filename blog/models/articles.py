"""Articles, and the index that lists them by topic and page."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from blog.models.topics import Topic
from common.clock import clinic_day
from core.fields import BlockStreamField, PlainTextField
from core.models.pages import BasePage, BodyMixin, FixedAddressMixin, ReferencesMixin, Section
from page_cache.memo import cached_per_version
from page_tree.draft_relations import related_ids
from page_tree.visibility import published
from review.models.pages import ClinicianReviewMixin, MedicalMixin
from treatments.blocks import MedicalBodyBlock

ARTICLES_PER_PAGE = 9
#: Articles of the same topic that are listed below an article.
MAX_OF_TOPIC = 2
#: Reading speed of an adult who reads a health text carefully.
WORDS_PER_MINUTE = 200
#: Addresses below the index that belong to views, so no article may use them.
RESERVED_SLUGS = ("feed", "topic")


def newest_articles(pages: models.QuerySet[Page]) -> models.QuerySet["ArticlePage"]:
    """The published articles among these pages, newest first, with StreamFields deferred.

    A subquery instead of a join: SQLite then reads articles from the index by date until it has enough, without sorting.
    """
    this_page = published(pages.filter(pk=models.OuterRef("pk"))).order_by()
    return ArticlePage.objects.filter(models.Exists(this_page)).order_by("-published_on", "-pk").defer_streamfields()


@cached_per_version
def count_articles(index_path: str, topic_id: int | None) -> int:
    """Count the published articles below an index page, of one topic or of all."""
    # Only articles can be created below the index, so counting plain pages avoids a join with the article table.
    pages = Page.objects.filter(path__startswith=index_path, depth=len(index_path) // Page.steplen + 1)
    return newest_articles(pages).filter(topic=topic_id).count() if topic_id else published(pages).count()


class ArticlePaginator(Paginator):
    """A paginator whose count is cached per version of the site, so that it is not queried for each reader."""

    def __init__(self, articles: models.QuerySet["ArticlePage"], per_page: int, index_path: str, topic: Topic | None) -> None:
        super().__init__(articles, per_page)
        self.count_arguments = index_path, topic.pk if topic else None

    @cached_property
    def count(self) -> int:
        return count_articles(*self.count_arguments)


class ArticleIndexPage(ClinicianReviewMixin, RoutablePageMixin, FixedAddressMixin, BasePage):
    """Lists all articles, newest first, in pages and by topic."""

    fixed_slug = "blog"
    introduction = PlainTextField(_("introduction"), blank=True)

    template = "pages/article_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.ArticlePage"]
    max_count_per_parent = 1
    kind_label = _("Overview")
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("article overview")

    def articles(self) -> models.QuerySet["ArticlePage"]:
        """Published articles below this page, newest first, with what their cards show."""
        articles = newest_articles(Page.objects.child_of(self))
        return articles.select_related("topic", "author", "image").prefetch_related("image__renditions")

    @cached_property
    def topics(self) -> models.QuerySet[Topic]:
        """Topics that have at least one published article."""
        return Topic.objects.filter(models.Exists(published(ArticlePage.objects.filter(topic=models.OuterRef("pk")))))

    def render_list(self, request: HttpRequest, topic: Topic | None = None) -> HttpResponse:
        """Render one page of the list. Raises Http404 for a page number that does not exist."""
        articles = self.articles().filter(topic=topic) if topic else self.articles()
        try:
            page = ArticlePaginator(articles, ARTICLES_PER_PAGE, self.path, topic).page(request.GET.get("page", 1))
        except (EmptyPage, PageNotAnInteger) as error:
            raise Http404 from error
        return self.render(request, context_overrides={"articles": page, "topic": topic, "variant": page.number})

    @path("")
    def list_all(self, request: HttpRequest) -> HttpResponse:
        return self.render_list(request)

    @path("topic/<slug:slug>/", name="topic")
    def list_topic(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.render_list(request, get_object_or_404(Topic, slug=slug))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, object]]:
        base = self.get_full_url(request)
        topics = Topic.objects.filter(articles__live=True).distinct()
        return [*super().get_sitemap_urls(request), *({"location": f"{base}topic/{topic.slug}/"} for topic in topics)]


class ArticlePage(MedicalMixin, BodyMixin, ReferencesMixin, BasePage):
    """An article, which a clinician approves before it is published."""

    lead = models.TextField(_("lead"), max_length=320, help_text=_("The first words, set larger. At most 320 characters."))
    author = models.ForeignKey(
        "core.Clinician", verbose_name=_("author"), null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    topic = models.ForeignKey(
        "blog.Topic",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        # The index by topic and date below already serves this foreign key.
        db_index=False,
    )
    published_on = models.DateField(_("date"), default=clinic_day, help_text=_("Shown to readers; newer articles come first."))
    image = models.ForeignKey(
        "core.SiteImage", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_alt = models.CharField(
        _("what the picture shows"),
        max_length=160,
        blank=True,
        help_text=_("For people who cannot see it. Leave it empty only where the picture is decoration. At most 160 characters."),
    )
    body = BlockStreamField(MedicalBodyBlock(), blank=True, verbose_name=_("text"))
    related_treatments = ParentalManyToManyField(
        "treatments.TreatmentPage", blank=True, related_name="articles", verbose_name=_("related treatments")
    )
    related_scar_types = ParentalManyToManyField(
        "treatments.ScarTypePage", blank=True, related_name="articles", verbose_name=_("related scar types")
    )

    unapproved_fields = (*MedicalMixin.unapproved_fields, "related_treatments", "related_scar_types")
    select_related_on_route = ("author", "topic", "image", "approval__clinician")
    template = "pages/article_page.html"
    parent_page_types = ["blog.ArticleIndexPage"]
    subpage_types: list[str] = []
    kind_label = _("Article")
    content_panels = [
        *MedicalMixin.review_panels,
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("author"), FieldPanel("topic")]), FieldPanel("published_on")], heading=_("About this article")
        ),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
        FieldPanel("body"),
        FieldPanel("references"),
        MultiFieldPanel([FieldPanel("related_treatments"), FieldPanel("related_scar_types")], heading=_("Related pages")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead", boost=1.2),
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]

    class Meta:
        # The home page, the overview and the feeds query the newest articles; these indexes keep that fast for any number.
        indexes = [
            models.Index(fields=["published_on", "page_ptr"], name="articles_by_date"),
            models.Index(fields=["topic", "published_on", "page_ptr"], name="articles_by_topic_and_date"),
        ]
        verbose_name = _("article")

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address belongs to the feed or to topics. Choose another.")})

    @cached_property
    def reading_minutes(self) -> int:
        """Whole minutes for the lead and the body, at least one."""
        word_count = len(self.lead.split()) + sum(
            len(strip_tags(text).split()) for child in self.body for text in child.block.get_searchable_content(child.value)
        )
        return max(1, round(word_count / WORDS_PER_MINUTE))

    def sections(self) -> Iterator[Section]:
        yield self.body_section()
        yield self.references_section()

    @cached_property
    def related(self) -> list[Page]:
        """What to read next, in one query: scar types and treatments that staff chose, then the newest other articles of the topic.

        Empty in the preview of a page that was never saved, since it has no relations yet.
        """
        if not self.pk:
            return []
        same_topic = newest_articles(Page.objects.sibling_of(self, inclusive=False)).filter(topic=self.topic_id)
        id_sets = (related_ids(self, "related_scar_types"), related_ids(self, "related_treatments"), same_topic.values("pk")[:MAX_OF_TOPIC])
        pages = published(Page.objects.filter(reduce(or_, (models.Q(pk__in=ids) for ids in id_sets)))).order_by("path")
        return sorted(pages, key=lambda page: page.specific_class is ArticlePage)
