"""The content hash: SHA-256 over everything on a page that a reader can read. An approval is bound to it."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

from images.on_pages import images_on

#: Where a page stands, who works on it and when: none of it is what a clinician approves.
PAGE_METADATA_FIELDS = frozenset(field.name for field in Page._meta.fields) - {"title", "seo_title", "search_description"}
#: Keys of a StreamField's raw value that no reader sees.
IGNORED_BLOCK_KEYS = frozenset({"id"})


def content_hash(page: Any) -> str:
    """SHA-256 over the page's content, in hexadecimal digits.

    Two pages with the same words, facts, pictures and order have the same hash, wherever they stand. Empty values
    are left out, so that a field which is added to the site later leaves earlier approvals as they are.
    """
    return hashlib.sha256(json.dumps(content_of(page), sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder).encode()).hexdigest()


def content_of(page: Any) -> dict[str, Any]:
    """The content that is hashed, as plain values."""
    left_out = {*PAGE_METADATA_FIELDS, *page.unapproved_fields, COMMENTS_RELATION_NAME, "pk", "page_ptr"}
    images = {str(image.pk): image.get_file_hash() for image in images_on(page)}
    return {**fields_of(page, page.serializable_data(), left_out), **({"pictures": images} if images else {})}


def is_empty(value: Any) -> bool:
    """Whether a value says nothing. A zero says something."""
    return value is None or value is False or (value != 0 and not value)


def fields_of(instance: Any, data: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    """The fields of a page or of one of its rows that hold something."""
    found = {}
    for name, value in data.items():
        if name in left_out:
            continue
        field = instance._meta.get_field(name)
        if isinstance(field, StreamField):
            value = stream_of(field, value)
        elif field.one_to_many:
            value = rows_of(field, value)
        if not is_empty(value):
            found[name] = value
    return found


def rows_of(relation: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A page's own rows in their order. The numbers that keep the order differ from form to form and do not count."""
    model = relation.related_model
    parent_keys = {field.name for field in model._meta.fields if isinstance(field, ParentalKey)}
    ordered = sorted(rows, key=lambda row: row.get("sort_order") or 0)
    return [fields_of(model, row, {"pk", "sort_order", *parent_keys}) for row in ordered]


def stream_of(field: StreamField, value: str) -> Any:
    """A body of blocks in one form, whether or not its values were looked at before: defaults filled in, ids left out."""
    block = field.stream_block
    blocks = block.to_python(json.loads(value or "[]"))
    for child in blocks:
        child.value  # noqa: B018 reading it converts it, and what was converted is stored with its defaults
    return without_ids(block.get_prep_value(blocks))


def without_ids(value: Any) -> Any:
    """A raw value without the ids of its blocks, which copying may change, and without what is empty."""
    if isinstance(value, dict):
        return {
            name: child_value
            for name, child in value.items()
            if name not in IGNORED_BLOCK_KEYS and not is_empty(child_value := without_ids(child))
        }
    if isinstance(value, list):
        return [without_ids(child) for child in value]
    return value
