"""The page that all pages are, and the small parts they are composed of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from core.blocks.body import BodyBlock
from core.blocks.references import ReferenceListBlock
from core.fields import BlockStreamField
from core.models.references import Reference
from images.on_pages import image_blockers
from images.share_image import digest
from page_tree.visibility import private_paths
from publishing.forms import GuardedPageForm


class ContentsItem(NamedTuple):
    """One line of a page's list of contents."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True)
class Section:
    """One part of a page, declared once: the page's template and its list of contents both loop over the sections."""

    anchor: str
    #: The heading. A section without one is not wrapped, and lists only the headings within it.
    title: str
    is_visible: bool
    #: What renders the section, given `page` and `text`.
    template: str
    #: Rich text, for the templates that show nothing else.
    text: str = ""
    inner_headings: tuple[ContentsItem, ...] = ()

    @property
    def contents_items(self) -> tuple[ContentsItem, ...]:
        """This section's lines in the list of contents."""
        own = (ContentsItem(self.anchor, self.title, 2),) if self.title else ()
        return (*own, *self.inner_headings)


class BasePage(Page):
    """What every page of the site has: a summary, a share picture, and honesty about sample text."""

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
    #: Relations that every reading of this page needs, for `select_related`.
    reading_relations: tuple[str, ...] = ()
    #: Cached properties that every answer needs: worked out once, when a page is read for readers.
    read_ahead: tuple[str, ...] = ()
    #: The pages above this one, where the router has read them already.
    pages_above: list[Page] | None = None
    #: The name of this kind of page in lists of search results.
    kind_label = _("Page")

    class Meta:
        abstract = True

    @property
    def meta_title(self) -> str:
        """The title for browsers and search engines, without the clinic's name."""
        return self.seo_title or self.title

    @property
    def meta_description(self) -> str:
        """At most 155 characters for search engines: what staff wrote for them, or the summary."""
        return self.search_description or self.summary

    def share_address(self, clinic: Any) -> str:
        """The path of the picture that stands for this page when it is shared. It changes with what it shows."""
        return f"/share/{self.pk}-{digest(self.title, self.kind_label, clinic.clinic_name)}.png"

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The pages above this one, from the home page down."""
        if self.pages_above is not None:
            return self.pages_above
        return list(self.get_ancestors().filter(depth__gt=1).defer_streamfields())

    def variant(self, request: HttpRequest) -> str | None:
        """What tells one rendering of this page at one address from another. None where each is somebody's own."""
        return ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Wagtail's own. Lists belong to the page and not in here: a part that is kept need not read them."""
        return {**super().get_context(request, *args, **kwargs), "variant": self.variant(request)}

    def get_view_restrictions(self) -> Any:
        """As Wagtail's own, which need not be asked while no page of the site is private."""
        return super().get_view_restrictions() if private_paths() else PageViewRestriction.objects.none()

    def publish_blockers(self) -> Iterator[Any]:
        """Why this page, as it is in memory, may not be shown to readers, in words for staff."""
        yield from image_blockers(self)

    def sections(self) -> Iterator[Section]:
        """The parts of this page in their order; page types declare theirs."""
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
        """The list of contents, worth showing from three lines on."""
        items = [item for section in self.visible_sections for item in section.contents_items]
        return items if len([item for item in items if item.level == 2]) >= 3 else []


class FixedAddressMixin(models.Model):
    """A page whose address other parts of the site rely on."""

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
    """A free body of blocks."""

    body = BlockStreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    class Meta:
        abstract = True

    def body_section(self) -> Section:
        """The body, with the headings that its blocks bring."""
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
    """The works a page rests on, in the order they are numbered."""

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
        """References that still exist, in order."""
        return [child.value for child in self.references if child.value is not None]
