"""The image model, with credit and patient consent."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.utils.file import hash_filelike

from common.types import Extra
from images.deletion_protection import refuse_deleting_approved
from publishing.deletion_protection import approved_pages_showing, pages_showing, titles_of


class Shows(models.TextChoices):
    """What an image shows. A patient needs a consent."""

    OTHER = "other", _("Something else: a room, a product, staff who agreed")
    DRAWING = "drawing", _("A drawing")
    PATIENT = "patient", _("A patient, or a part of one")


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
