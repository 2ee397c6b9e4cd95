"""Links and calls to action."""

from collections.abc import Iterable
from copy import copy

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from common.types import BlockValue, Extra
from page_tree.linked_pages import pages_by_id

__all__ = ["ActionBlock", "BatchedPageChooserBlock", "FooterColumnBlock", "LinkBlock", "LinkStructValue"]


class LinkStructValue(blocks.StructValue):
    """The value of a link, with its address and its label."""

    @cached_property
    def href(self) -> str:
        """The address, or an empty string where the page was deleted or is not live."""
        page = self.get("page")
        if page is not None:
            return page.url if page.live else ""
        return self.get("url") or ""

    @property
    def label(self) -> str:
        """The text of the link: what editors entered, or the page's title."""
        page = self.get("page")
        return self.get("text") or (page.title if page is not None else self.href)


class BatchedPageChooserBlock(blocks.PageChooserBlock):
    """Chooses any page. The pages behind all links of a response are fetched in one query."""

    def bulk_to_python(self, values: Iterable[int]) -> list[Page | None]:
        ids = list(values)
        pages = pages_by_id(pk for pk in ids if pk)
        return [copy(pages[pk]) if pk in pages else None for pk in ids]


def check_address(value: str) -> None:
    """Raises `ValidationError` for a value that is neither a web address nor a path of this site."""
    if value.startswith("/") and not value.startswith("//"):
        return
    URLValidator(schemes=["http", "https"], message=_("Write an address that begins with https://, or with / for a part of this site."))(
        value
    )


class AddressBlock(blocks.CharBlock):
    """A web address, or a path of this site such as /treatments/finder/."""

    def __init__(self, **kwargs: Extra) -> None:
        super().__init__(validators=[check_address], **kwargs)

    class Meta:
        icon = "link"
        group = _("Links")
        label = _("Address")
        description = _("A web address, or a path of this site.")
        preview_value = "/treatments/finder/"


class LinkBlock(blocks.StructBlock):
    """A link to a page of this site or to another address."""

    page = BatchedPageChooserBlock(label=_("Page"), required=False)
    url = AddressBlock(
        label=_("Or another address"),
        required=False,
        max_length=500,
        help_text=_("Begins with https://, or with / for a part of this site."),
    )
    text = blocks.CharBlock(
        label=_("Words to tap"), required=False, max_length=60, help_text=_("Left empty, the page's title is used. At most 60 characters.")
    )

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        if not self.meta.required and not any(cleaned.get(name) for name in ("page", "url", "text")):
            return cleaned
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise StructBlockValidationError(
                block_errors={"page": ValidationError(_("Choose a page, or give another address: one of the two."))}
            )
        if cleaned.get("url") and not cleaned.get("text"):
            raise StructBlockValidationError(block_errors={"text": ValidationError(_("Say in a few words where this link leads."))})
        return cleaned

    class Meta:
        icon = "link"
        group = _("Links")
        label = _("Link")
        description = _("A link to a page of this site or elsewhere.")
        value_class = LinkStructValue
        required = True
        template = "blocks/link.html"
        preview_value = {"page": None, "url": "https://www.example.com/", "text": _("Read more")}


class FooterColumnBlock(blocks.StructBlock):
    """One column of the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=40, help_text=_("At most 40 characters."))
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        group = _("Links")
        label = _("Column")
        description = _("A titled column of links in the footer.")
        template = "blocks/footer_column.html"
        preview_value = {
            "title": _("For patients"),
            "links": [{"page": None, "url": "https://www.example.com/", "text": _("Your first visit")}],
        }


class ActionBlock(blocks.StructBlock):
    """A call to action with one button."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, help_text=_("At most 80 characters."))
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=240, help_text=_("One or two sentences. At most 240 characters."))
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "pick"
        group = _("Links")
        label = _("Call to action")
        description = _("A quiet invitation with one button, such as to request a consultation.")
        template = "blocks/action.html"
        preview_value = {
            "title": _("Talk to a clinician"),
            "text": _("Tell us what you see and what you hope for. We answer in person."),
            "link": {"page": None, "url": "https://www.example.com/", "text": _("Request a consultation")},
        }
