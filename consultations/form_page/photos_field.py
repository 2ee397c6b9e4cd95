"""The form field for up to three photos."""

from typing import TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from consultations.photos import MAX_PHOTOS, CleanPhoto, clean_photo

#: The value of a file input that takes several files.
Uploads: TypeAlias = list[UploadedFile] | UploadedFile | None


class PhotosInput(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True
    needs_multipart_form = True


class PhotosField(forms.FileField):
    """Up to three photos. Their cleaned value is re-encoded in memory, so that all metadata is removed."""

    widget = PhotosInput

    def clean(self, data: Uploads, initial: Uploads = None) -> list[CleanPhoto]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MAX_PHOTOS:
            raise ValidationError(_("Choose at most three photos."))
        photos, problems = [], []
        for number, file in enumerate(files, start=1):
            try:
                photos.append(clean_photo(file))
            except ValidationError as problem:
                problems += [_("Photo %(number)s: %(problem)s") % {"number": number, "problem": message} for message in problem.messages]
        if problems:
            raise ValidationError(problems)
        return photos
