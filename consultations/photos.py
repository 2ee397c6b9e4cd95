"""Uploaded photos: decoded and re-encoded in memory, so that all metadata is removed."""

import io
import threading
from dataclasses import dataclass

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_PHOTOS = 3
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40 * 1000 * 1000
#: Longest side after re-encoding, in pixels: enough to judge skin texture on a large screen.
MAX_SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

#: Limits the memory of a process: threads decode one photo at a time.
DECODE_LOCK = threading.Lock()

pillow_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG without metadata."""

    content: bytes
    width: int
    height: int


def clean_photo(file: UploadedFile) -> CleanPhoto:
    """The photo in an upload, without metadata. Raises `ValidationError` with a message for the patient."""
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError(_("this file is larger than 10 MB. Choose a smaller one."))
    if not file.size:
        raise ValidationError(_("this file is empty."))
    file.seek(0)
    try:
        with DECODE_LOCK, Image.open(io.BytesIO(file.read()), formats=FORMATS) as image:
            return encode(image)
    except ValidationError:
        raise
    except Exception as problem:
        raise ValidationError(_("we could not read this file as a photo. Use JPEG, PNG, WebP or HEIC.")) from problem


def encode(image: Image.Image) -> CleanPhoto:
    """The first frame as a JPEG: upright, in RGB, at most `MAX_SIDE` pixels. Raises `ValidationError` above `MAX_PIXELS`."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ValidationError(_("this photo has more than 40 megapixels. Choose a smaller one."))
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    # Resize before rotating, because rotating copies the image.
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(image) or image
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        upright = upright.convert("RGBA")
        background = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(background, upright)
    # A new image gets the pixels only, without the metadata of the file.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright.convert("RGB"))
    target = io.BytesIO()
    clean.save(target, "JPEG", quality=86)
    return CleanPhoto(target.getvalue(), *clean.size)
