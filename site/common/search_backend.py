"""Wagtail's search in the database, for every search of the site and of the admin: what people type is words, never syntax.

Texts are folded on their way into the index and questions on their way to it, so that SQLite and PostgreSQL find the same.
"""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import Model
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField
from modelsearch.query import SearchQuery
from wagtail.search.backends import database

from common.folding import text_to_index, words_of

#: Typed signs alone find nothing. Without any word, Wagtail's lists of results would be an error.
NO_WORD = "nowordatall"
#: PostgreSQL's own rules would leave out words such as “before”, and find “treating” for “treatment” on one database only.
POSTGRES_CONFIG = "simple"


def as_words(query: Any) -> Any:
    """A query with what was typed as folded words: a text, or a tree of queries such as Wagtail's lists build."""
    if isinstance(query, str):
        return query and (" ".join(words_of(query)) or NO_WORD)
    if not isinstance(query, SearchQuery):
        return query
    folded_query = copy(query)
    for name, part in vars(query).items():
        if name == "subqueries":
            folded_query.subqueries = [as_words(one) for one in part]
        elif name in ("query_string", "subquery"):
            setattr(folded_query, name, as_words(part))
    return folded_query


def folded_value(value: Any) -> Any:
    """What a field gives the index, with every text in it folded."""
    if isinstance(value, list):
        return [folded_value(one) for one in value]
    if isinstance(value, dict):
        return {name: folded_value(one) for name, one in value.items()}
    return text_to_index(str(value)) if value is not None else ""


class FoldedObject:
    """Stands for an object while it is indexed: its fields give folded texts."""

    def __init__(self, obj: Model) -> None:
        self.obj = obj
        self.pk = obj.pk

    def get_search_fields(self) -> list[BaseField]:
        """The fields of the object, reading from it and not from this stand-in."""
        return [_folding(field) for field in self.obj.get_search_fields()]  # type: ignore[attr-defined]


def _folding(field: BaseField) -> BaseField:
    """A copy of a field that gives folded texts."""
    copied = copy(field)

    def value_of(obj: Any) -> Any:
        value = field.get_value(obj.obj if isinstance(obj, FoldedObject) else obj)
        return folded_value(value) if isinstance(field, (SearchField, AutocompleteField)) else value

    copied.get_value = value_of
    if isinstance(field, RelatedFields):
        copied.fields = [_folding(one) for one in field.fields]
    return copied


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 the name that Wagtail looks for
    """The backend of the database in use."""
    backend = database.SearchBackend({"SEARCH_CONFIG": POSTGRES_CONFIG, **params})

    class FoldingIndex(backend.index_class):  # type: ignore[name-defined]
        def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
            super().add_items(model, [FoldedObject(item) for item in items])

    search, autocomplete = backend.search, backend.autocomplete
    backend.index_class = FoldingIndex
    backend.search = lambda query, *args, **options: search(as_words(query), *args, **options)
    backend.autocomplete = lambda query, *args, **options: autocomplete(as_words(query), *args, **options)
    return backend
