"""Uploads by readers stay in memory: never on disk in the clear, not even as a temporary file."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from common.error_pages import render_error
from common.types import Extra
from consultations.photos import MAX_BYTES, MAX_PHOTOS

#: The largest photos, and 2 MB for the answers. nginx takes a little more, so that a page of this site says what was too much.
MAX_BODY_BYTES = MAX_PHOTOS * MAX_BYTES + 2 * 1024 * 1024
STAFF_PREFIX = "/admin/"


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Holds each file in memory up to the limit. Of a larger file it keeps the size only, so that the form can show an error."""

    def new_file(self, *args: Extra, **kwargs: Extra) -> None:
        super().new_file(*args, **kwargs)
        self.content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MAX_BYTES:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def too_large(request: HttpRequest) -> HttpResponse:
    """413, in words. nginx asks for it too, where a body was so large that it did not pass it on."""
    return render_error(
        request,
        413,
        _("That was too much to send at once"),
        _("Choose at most three photos of 14 MB each, then send the form again. Nothing was stored. Go back: what you typed is there."),
    )


class MemoryUploadsMiddleware(MiddlewareMixin):
    """Limits the size of requests outside the admin and keeps their uploads in memory. It must run before any code reads the body."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.method in ("GET", "HEAD") or request.path_info.startswith(STAFF_PREFIX):
            return None
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = MAX_BODY_BYTES + 1
        if length > MAX_BODY_BYTES:
            return too_large(request)
        request.upload_handlers = [BoundedMemoryUploadHandler(request)]
        return None
