"""Photographs: decoded and encoded anew in memory, so that nothing but the picture is left."""

import io
import threading
from dataclasses import dataclass
from typing import Any

import pillow_heif
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_PHOTOS = 3
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40 * 1000 * 1000
#: Longest side kept, in pixels: enough to judge texture on a large screen.
MAX_SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

#: Bounds the memory of a process: several large photos at once wait for each other.
ONE_AT_A_TIME = threading.Lock()

pillow_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG without metadata."""

    content: bytes
    width: int
    height: int


def clean_photo(file: Any) -> CleanPhoto:
    """The picture in an upload, without metadata. Raises `ValidationError` in words for the patient."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("this file is larger than 10 MB. Choose a smaller one."))
    if not file.size:
        raise ValidationError(_("this file is empty."))
    file.seek(0)
    try:
        with ONE_AT_A_TIME, Image.open(io.BytesIO(file.read()), formats=FORMATS) as picture:
            return encode(picture)
    except ValidationError:
        raise
    except Exception as problem:
        raise ValidationError(_("we could not read this file as a photo. Use JPEG, PNG, WebP or HEIC.")) from problem


def encode(picture: Image.Image) -> CleanPhoto:
    """The first frame, upright, in RGB, no larger than needed."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise ValidationError(_("this photo has more than 40 megapixels. Choose a smaller one."))
    picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
    # Smaller first, upright then: turning copies the picture.
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(picture) or picture
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        upright = upright.convert("RGBA")
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright)
    # A fresh image takes the pixels and leaves every other thing the file carried behind.
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=86)
    return CleanPhoto(target.getvalue(), *plain.size)
