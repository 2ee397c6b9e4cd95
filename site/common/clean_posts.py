"""One way in for text: whatever is posted is cleaned before any form, view or log reads it."""

import json
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.request import RawPostDataException
from django.utils.deprecation import MiddlewareMixin

from common.text import clean_text
from common.types import Extra, JSONValue

#: Parts of the names of fields that hold no text: a password is what was typed.
KEPT = ("password", "csrfmiddlewaretoken", "credential")


class CleanPostsMiddleware(MiddlewareMixin):
    """Cleans the fields of a posted form. It stands last, so that uploads are already in memory and the token is checked."""

    def process_view(self, request: HttpRequest, view: Extra, args: Extra, kwargs: Extra) -> None:
        if request.method != "POST":
            return
        try:
            posted = request.POST
        except RawPostDataException:
            return
        cleaned = clean_fields(posted)
        if cleaned is not None:
            request.POST = cleaned  # type: ignore[assignment]


def clean_fields(posted: QueryDict) -> QueryDict | None:
    """The fields with clean values. None where they are clean already."""
    changed: dict[str, list[str]] = {}
    for name, values in posted.lists():
        if any(part in name for part in KEPT):
            continue
        clean = [clean_value(str(value)) for value in values]
        if clean != values:
            changed[name] = clean
    if not changed:
        return None
    copy = posted.copy()
    for name, clean in changed.items():
        copy.setlist(name, clean)
    copy._mutable = False
    return copy


def clean_value(value: str) -> str:
    """A posted text, or the texts within JSON, as the editor posts rich text."""
    if value.startswith("{") and "\\u" in value:
        try:
            return json.dumps(clean_json(json.loads(value)))
        except (ValueError, RecursionError):
            # Neither is what the editor posts.
            pass
    return clean_text(value)


def clean_json(value: JSONValue) -> Any:
    """JSON with clean texts."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: clean_json(child) for key, child in value.items()}
    if isinstance(value, list):
        return [clean_json(child) for child in value]
    return value
