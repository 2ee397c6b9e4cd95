"""The base class of all pages, and the mixins that page types combine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from common.types import Context, Extra
from core.blocks.body import BodyBlock
from core.blocks.references import ReferenceListBlock
from core.fields import BlockStreamField
from core.models.clinic import ClinicDetails
from core.models.references import Reference
from images.page_images import image_blockers
from images.share_image import share_image_digest
from page_tree.visibility import private_paths
from publishing.forms import GuardedPageForm


class ContentsItem(NamedTuple):
    """One entry of a page's table of contents."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True)
class Section:
    """One section of a page. The page's template and its table of contents both loop over the sections."""

    anchor: str
    #: The heading. Empty: the section has no wrapper, and only its inner headings are in the table of contents.
    title: str
    is_visible: bool
    #: The template of the section. Its context has `page` and `text`.
    template: str
    #: Rich text, for templates that show only a text.
    text: str = ""
    inner_headings: tuple[ContentsItem, ...] = ()

    @property
    def contents_items(self) -> tuple[ContentsItem, ...]:
        """This section's entries in the table of contents."""
        heading = (ContentsItem(self.anchor, self.title, 2),) if self.title else ()
        return (*heading, *self.inner_headings)


class BasePage(Page):
    """The base of every page: a summary, a share image, and a mark for sample content."""

    summary = models.TextField(
        _("summary"),
        max_length=240,
        help_text=_("One or two sentences. Shown in lists, in search results and when the page is shared. At most 240 characters."),
    )
    share_image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when somebody shares the page."),
    )
    is_sample = models.BooleanField(
        _("sample content"),
        default=False,
        help_text=_("Shows readers the line “Sample content. Not medically reviewed.” Untick it once the text is your own."),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("share_image"), FieldPanel("is_sample")], heading=_("Sharing and status")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=1.5)]

    base_form_class = GuardedPageForm
    #: Whether this kind of page goes live only with a clinician's approval.
    needs_approval = False
    #: Relations to fetch with the page, for `select_related`.
    select_related_on_route: tuple[str, ...] = ()
    #: Cached properties that every response needs. The router evaluates them before it caches the page.
    computed_on_route: tuple[str, ...] = ()
    #: The ancestors of this page, from the home page down, where the router has fetched them already.
    known_ancestors: list[Page] | None = None
    #: The name of this kind of page in lists of search results.
    kind_label = _("Page")

    class Meta:
        abstract = True

    @property
    def is_unreviewed_sample(self) -> bool:
        """Whether readers are told that this is sample content which no doctor has reviewed. Once one has, the page says so instead."""
        return self.is_sample and not getattr(self, "review", None)

    @property
    def meta_title(self) -> str:
        """The title for browsers and search engines, without the clinic's name."""
        return self.seo_title or self.title

    @property
    def meta_description(self) -> str:
        """At most 155 characters for search engines: what staff wrote for them, or the summary."""
        return self.search_description or self.summary

    def share_address(self, clinic: ClinicDetails) -> str:
        """The path of the share image. It contains a digest of what the image shows, so that a cached image is never out of date."""
        return f"/share/{self.pk}-{share_image_digest(self.title, self.kind_label, clinic.clinic_name)}.png"

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The ancestors of this page, from the home page down."""
        if self.known_ancestors is not None:
            return self.known_ancestors
        return list(self.get_ancestors().filter(depth__gt=1).defer_streamfields())

    def variant(self, request: HttpRequest) -> str | None:
        """Part of the cache key: distinguishes renderings of this page at one address. None: the response is personal, not cached."""
        return ""

    def get_context(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> Context:
        """Add the variant. Lists are properties of the page instead of context, so that a cached fragment skips their queries."""
        return {**super().get_context(request, *args, **kwargs), "variant": self.variant(request)}

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As in Wagtail, without its query while no page of the site is private."""
        return super().get_view_restrictions() if private_paths() else PageViewRestriction.objects.none()

    def publish_blockers(self) -> Iterator[str | Promise]:
        """The reasons, as messages for staff, why this page must not go live as it is in memory."""
        yield from image_blockers(self)

    def sections(self) -> Iterator[Section]:
        """The sections of this page in order. Page types override this."""
        return iter(())

    @cached_property
    def visible_sections(self) -> list[Section]:
        """The sections that readers see."""
        return [section for section in self.sections() if section.is_visible]

    def contents_items(self) -> list[ContentsItem]:
        """Every heading of this page, in order."""
        return [item for section in self.sections() if section.is_visible for item in section.contents_items]

    @cached_property
    def contents(self) -> list[ContentsItem]:
        """The table of contents. Empty for fewer than three sections, which need none."""
        items = [item for section in self.visible_sections for item in section.contents_items]
        return items if len([item for item in items if item.level == 2]) >= 3 else []


class FixedAddressMixin(models.Model):
    """A page with a fixed slug, because views and templates link to its address."""

    slug: str
    fixed_slug = ""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug != self.fixed_slug:
            raise ValidationError(
                {
                    "slug": _("The address of this page is always “%(slug)s”, because links across the site lead there.")
                    % {"slug": self.fixed_slug}
                }
            )


class BodyMixin(models.Model):
    """A page with a body of blocks."""

    body = BlockStreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    class Meta:
        abstract = True

    def body_section(self) -> Section:
        """The body, with the headings of its blocks for the table of contents."""
        headings = tuple(
            ContentsItem(*item)
            for child in self.body
            if hasattr(child.block, "contents_items")
            for item in child.block.contents_items(child.value)
        )
        return Section("body", "", True, "sections/body.html", inner_headings=headings)

    def sections(self) -> Iterator[Section]:
        yield self.body_section()


class ReferencesMixin(models.Model):
    """The references of a page, in the order of their numbers."""

    references = BlockStreamField(
        ReferenceListBlock(),
        blank=True,
        verbose_name=_("references"),
        help_text=_("The studies and documents behind this page, most important first."),
    )

    class Meta:
        abstract = True

    def references_section(self) -> Section:
        """The numbered list of references."""
        return Section("references", gettext("References"), bool(self.references), "sections/references.html")

    @cached_property
    def reference_list(self) -> list[Reference]:
        """The references in order, without deleted ones."""
        return [child.value for child in self.references if child.value is not None]
