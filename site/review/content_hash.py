"""The content hash: SHA-256 over everything on a page that readers can see. An approval is valid for one hash."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignObjectRel, Model
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

from common.types import JSONObject, JSONValue, SpecificPage
from images.page_images import files_on

#: Metadata of a page, such as its place in the tree, editors and times. A clinician does not approve it.
PAGE_METADATA_FIELDS = frozenset(field.name for field in Page._meta.fields) - {"title", "seo_title", "search_description"}
#: Keys of a StreamField's raw value that readers do not see.
IGNORED_BLOCK_KEYS = frozenset({"id"})


def content_hash(page: SpecificPage) -> str:
    """SHA-256 over the content of a page as it is in memory, as 64 hexadecimal digits.

    Pages with the same texts, facts, images and order have the same hash, wherever they are in the tree. Empty values
    are left out, so that earlier approvals stay valid when a new field is added to the model.
    """
    return hashlib.sha256(json.dumps(content_of(page), sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder).encode()).hexdigest()


def content_of(page: SpecificPage) -> JSONObject:
    """The content that is hashed, as JSON values."""
    excluded = {*PAGE_METADATA_FIELDS, *page.unapproved_fields, COMMENTS_RELATION_NAME, "pk", "page_ptr"}
    images, documents = files_on(page)
    files = {
        "pictures": {str(image.pk): image.get_file_hash() for image in images},
        "documents": {str(document.pk): document.get_file_hash() for document in documents},
    }
    return {**fields_of(page, page.serializable_data(), excluded), **{name: hashes for name, hashes in files.items() if hashes}}


def is_empty(value: JSONValue) -> bool:
    """Whether a value is None, False or an empty string or collection. Zero is not empty."""
    return value is None or value is False or (value != 0 and not value)


def fields_of(model: Model | type[Model], data: JSONObject, excluded: set[str]) -> JSONObject:
    """The values of a page or child object that are not empty, normalized. `data` is its `serializable_data`."""
    content = {}
    for name, value in data.items():
        if name in excluded:
            continue
        field: Any = model._meta.get_field(name)
        if isinstance(field, StreamField):
            value = stream_of(field, value)
        elif field.one_to_many:
            value = rows_of(field, value)
        if not is_empty(value):
            content[name] = value
    return content


def rows_of(relation: ForeignObjectRel, rows: list[JSONObject]) -> list[JSONObject]:
    """The child objects of a page in their order. The values of `sort_order` are left out, since only the order is content."""
    model = relation.related_model
    parent_keys = {field.name for field in model._meta.fields if isinstance(field, ParentalKey)}
    ordered = sorted(rows, key=lambda row: row.get("sort_order") or 0)
    return [fields_of(model, row, {"pk", "sort_order", *parent_keys}) for row in ordered]


def stream_of(field: StreamField, value: str) -> JSONValue:
    """The raw value of a StreamField, normalized: defaults filled in, ids left out, whether or not it was accessed before."""
    block = field.stream_block
    blocks = block.to_python(json.loads(value or "[]"))
    for child in blocks:
        child.value  # noqa: B018 accessing a value converts it, and get_prep_value adds defaults only to converted values
    return without_ids(block.get_prep_value(blocks))


def without_ids(value: JSONValue) -> JSONValue:
    """A raw value without empty values and without the ids of its blocks, which copying a page may change."""
    if isinstance(value, dict):
        return {
            name: child_value
            for name, child in value.items()
            if name not in IGNORED_BLOCK_KEYS and not is_empty(child_value := without_ids(child))
        }
    if isinstance(value, list):
        return [without_ids(child) for child in value]
    return value
