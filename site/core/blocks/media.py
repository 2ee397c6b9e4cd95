"""Image blocks, and links to videos. Nothing is embedded, so that no other site can track readers."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from common.types import BlockValue, JSONObject, JSONValue
from images.prefetch import prefetch_renditions

__all__ = ["FigureBlock", "PictureBlock", "VideoLinkBlock"]


def first_image() -> JSONObject | None:
    """The first image of the library as a raw block value, for block previews. None where the library is empty."""
    image = get_image_model()._default_manager.first()
    return {"image": image.pk, "alt_text": image.description or image.title, "decorative": False} if image else None


class PictureBlock(ImageBlock):
    """An image with its alternative text. The renditions of all images of a field are fetched in one query."""

    def bulk_to_python(self, values: Iterable[JSONValue]) -> BlockValue:
        images = super().bulk_to_python(values)
        prefetch_renditions(images)
        return images

    def get_preview_value(self) -> BlockValue:
        return self.to_python(first_image())

    class Meta:
        icon = "image"
        group = _("Media")
        label = _("Picture")
        description = _("A picture from the library, with words for those who cannot see it.")
        template = "blocks/picture.html"


class FigureBlock(blocks.StructBlock):
    """An image with its caption."""

    image = PictureBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200, help_text=_("At most 200 characters."))

    def get_preview_value(self) -> BlockValue:
        return self.to_python({"image": first_image(), "caption": str(_("A caption says what to look at."))})

    class Meta:
        icon = "image"
        group = _("Media")
        label = _("Picture")
        description = _("A picture with a caption. Say in words what it shows, or mark it as decorative.")
        template = "blocks/figure.html"


class VideoLinkBlock(blocks.StructBlock):
    """A link to a video on another site. It is not embedded, so that the other site cannot track readers of the page."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    url = blocks.URLBlock(label=_("Address of the video"), help_text=_("Begins with https://."))
    minutes = blocks.IntegerBlock(label=_("Length in minutes"), required=False, min_value=1, max_value=240)
    description = blocks.TextBlock(
        label=_("What it shows"), max_length=300, help_text=_("For those who do not open it. At most 300 characters.")
    )

    class Meta:
        icon = "media"
        group = _("Media")
        label = _("Video link")
        description = _("A link that opens a video on its own site, after saying so.")
        template = "blocks/video.html"
        preview_value = {
            "title": _("How skin heals"),
            "url": "https://www.example.com/",
            "minutes": 3,
            "description": _("A dermatologist explains the layers of skin."),
        }
