"""The image model, with credit and patient consent."""

import contextlib
import re
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, SourceImageIOError
from wagtail.utils.file import hash_filelike

from common.types import Extra
from images.deletion_protection import refuse_deleting_approved
from publishing.deletion_protection import approved_pages_showing, pages_showing, titles_of


class Shows(models.TextChoices):
    """What an image shows. A patient needs a consent."""

    OTHER = "other", _("Something else: a room, a product, staff who agreed")
    DRAWING = "drawing", _("A drawing")
    PATIENT = "patient", _("A patient, or a part of one")


@contextlib.contextmanager
def broken_as_missing() -> Iterator[None]:
    """A file that cannot be read costs its own place on a page, as a missing one does, and never the page."""
    try:
        yield
    except SourceImageIOError:
        raise
    except Exception as problem:
        raise SourceImageIOError(f"the file of an image cannot be read: {type(problem).__name__}") from problem


class SiteImage(AbstractImage):
    """An image in the library. `description` is the default alternative text."""

    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("Who made or owns this picture, if it must be named. At most 120 characters."),
    )
    shows = models.CharField(_("what it shows"), max_length=16, choices=Shows.choices, default=Shows.OTHER)
    consent = models.ForeignKey(
        "core.PhotoConsent",
        verbose_name=_("the patient's consent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="photos",
        help_text=_("Needed where a patient is shown, even if nobody could be recognised."),
    )

    has_sizes = models.BooleanField(default=False, editable=False)

    #: StreamFields and rich text show it too, so `pages_showing` also searches the reference index.
    is_cited_in_text = True

    admin_form_fields = (*Image.admin_form_fields, "credit", "shows", "consent")

    class Meta(AbstractImage.Meta):
        app_label = "core"
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def delete(self, *args: Extra, **kwargs: Extra) -> tuple[int, dict[str, int]]:
        """Raises `EditorialRuleError` where a live medical page was approved with this image."""
        refuse_deleting_approved(self)
        return super().delete(*args, **kwargs)

    def create_rendition(self, wanted: Filter) -> "SiteRendition":
        """As `create_renditions`, for one size."""
        if settings.SITE_ROLE == "public":
            return self.create_renditions(wanted)[wanted]
        with broken_as_missing():
            return super().create_rendition(wanted)

    def create_renditions(self, *filters: Filter) -> "dict[Filter, SiteRendition]":
        """In a public process, the most similar sizes that exist: the staff side makes sizes ahead, but a new release may ask for others.

        Raises `SourceImageIOError` where there is none; Wagtail's template tags then show no picture.
        """
        if settings.SITE_ROLE != "public":
            with broken_as_missing():
                return super().create_renditions(*filters)
        existing = list(self.renditions.all())
        if not existing:
            raise SourceImageIOError("no size of this image was made yet")
        return {wanted: min(existing, key=lambda rendition: difference(rendition.filter_spec, wanted.spec)) for wanted in filters}

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str | Promise] = {}
        saved = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        is_changed = saved is not None and (saved.consent_id, saved.shows) != (self.consent_id, self.shows)
        if self.shows == Shows.PATIENT and not self.consent_id:
            problems["consent"] = _("Choose the consent of the patient who is shown. Record it first under Photo consents.")
        elif self.consent is not None and self.consent.withdrawn_at is not None:
            problems["consent"] = _("This consent was withdrawn. A new one is a record of its own.")
        if saved is not None and is_changed and saved.consent_id:
            problems["consent"] = _("A photo stays with the consent it was recorded with, so that withdrawing finds it. Upload it anew.")
        elif is_changed and (live_pages := [page for page in pages_showing(self) if page.live]):
            problems["shows"] = _("This picture stands on %s. Take it from there first.") % titles_of(live_pages)
        if self.pk and not self.file._committed and (pages := approved_pages_showing(self)):
            text = _("A clinician approved this picture on %s. Upload the new one as a picture of its own, and choose it on the page.")
            problems["file"] = text % titles_of(pages)
        if problems:
            raise ValidationError(problems)


def difference(spec: str, wanted: str) -> tuple[bool, int]:
    """How much a filter spec differs from the wanted one: first by format, then by width in pixels."""

    def format_and_width(text: str) -> tuple[str, int]:
        image_format = next((part for part in text.split("|") if part.startswith("format-")), "")
        sizes = re.findall(r"(?:fill|width|max|min)-(\d+)", text)
        return image_format, int(sizes[0]) if sizes else 0

    (image_format, width), (wanted_format, wanted_width) = format_and_width(spec), format_and_width(wanted)
    return image_format != wanted_format, abs(width - wanted_width)


class FileHashField(models.CharField):
    """Wagtail's hash (SHA-1) of the file beside it, taken when the row is added. A field, because `bulk_create` calls no `save`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        file = model_instance.file  # type: ignore[attr-defined]
        if add and file:
            with model_instance.open_file() as opened:  # type: ignore[attr-defined]
                setattr(model_instance, self.attname, hash_filelike(opened))
        return super().pre_save(model_instance, add)


class SiteRendition(AbstractRendition):
    """One size and format of an image, generated from the original."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")
    #: Of the bytes as they were generated, so that a file that was swapped in the storage is noticed.
    file_hash = FileHashField(max_length=40, blank=True, editable=False)

    class Meta:
        app_label = "core"
        constraints = [models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_site_rendition")]
