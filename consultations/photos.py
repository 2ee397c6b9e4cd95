"""Uploaded photos: decoded and re-encoded in memory, so that only pixels are left."""

import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from common.pictures import on_white, plain_picture

MAX_PHOTOS = 3
MAX_BYTES = 14 * 1024 * 1024
#: Longest side after re-encoding, in pixels: enough to judge skin texture on a large screen.
MAX_SIDE = 2400


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG without metadata."""

    content: bytes
    width: int
    height: int


def clean_photo(file: UploadedFile) -> CleanPhoto:
    """The photo in an upload, without metadata. Raises `ValidationError` with a message for the patient."""
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError(_("this file is larger than 14 MB. Choose a smaller one."))
    file.seek(0)
    picture = on_white(plain_picture(file.read(), MAX_SIDE))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=86)
    return CleanPhoto(target.getvalue(), *picture.size)
