"""The form field for up to three photographs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.photos import MAX_PHOTOS, CleanPhoto, clean_photo


class PhotosInput(forms.ClearableFileInput):
    """A file field that takes several files at once."""

    allow_multiple_selected = True
    needs_multipart_form = True


class PhotosField(forms.FileField):
    """Up to three photographs, decoded and encoded anew in memory, so that nothing but the picture is left."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[CleanPhoto]:
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
