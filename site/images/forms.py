"""The form with which staff upload pictures: one way in, as for patients, so that no file is stored as it came."""

import io
import secrets

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from common.drawings import check_drawing
from common.pictures import MORE_FORMATS, on_white, plain_picture
from common.types import Extra

#: The title of a picture until somebody says what it shows.
UNTITLED = "Untitled"
#: Longest side that is kept, in pixels: twice the widest size that a page shows.
MAX_SIDE = 4000


def plain_upload(file: UploadedFile) -> UploadedFile:
    """A picture with nothing but its pixels, under a name that says nothing. Raises `ValidationError` with the reason."""
    file.seek(0)
    picture = plain_picture(file.read(), MAX_SIDE, MORE_FORMATS)
    is_graphic = picture.mode == "RGBA"
    target = io.BytesIO()
    # On white, since a reader's dark scheme would show through.
    picture = on_white(picture)
    picture.save(target, "PNG", optimize=True) if is_graphic else picture.save(target, "JPEG", quality=92)
    size = target.tell()
    target.seek(0)
    name = f"{secrets.token_hex(8)}.{'png' if is_graphic else 'jpg'}"
    return InMemoryUploadedFile(target, "file", name, "image/png" if is_graphic else "image/jpeg", size, None)


class PlainImageField(WagtailImageField):
    """Takes any picture by its content, whatever its name, and hands on a plain one. Drawings (SVG) go the way that Wagtail checks."""

    default_validators: list[object] = []

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        if data in self.empty_values or not isinstance(data, UploadedFile):
            return super().to_python(data)
        self.check_image_file_size(data)
        if str(data.name).lower().endswith(".svg"):
            data.seek(0)
            check_drawing(data.read())
            data.seek(0)
            data.name = f"{secrets.token_hex(8)}.svg"
            return super().to_python(data)
        try:
            plain = plain_upload(data)
        except ValidationError as problem:
            raise ValidationError([capfirst(str(message)) for message in problem.messages], code="invalid_image") from problem
        return super().to_python(plain)


class SiteImageForm(BaseImageForm):
    """Wagtail's form for pictures, with the field above."""

    def __init__(self, *args: Extra, **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        if old := self.fields.get("file"):
            self.fields["file"] = PlainImageField(label=old.label, required=old.required, widget=old.widget)

    def clean_title(self) -> str:
        """What the picture shows. A file's name may be a patient's, so it is never taken for it; staff are asked when they go on."""
        title = str(self.cleaned_data["title"]).strip()
        if self.instance.pk:
            if title == UNTITLED:
                raise ValidationError(_("Say what this picture shows, in a few words."))
            return title
        file = self.files.get(self.add_prefix("file"))
        names = {str(file.name), str(file.name).rpartition(".")[0]} if file else set()
        return UNTITLED if title in names else title
