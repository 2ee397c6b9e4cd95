"""Wagtail's search in the database, for every search of the site and of the admin: what people type is words, never syntax."""

import re
from typing import Any

from wagtail.search.backends import database

#: Characters that a full-text query of SQLite or PostgreSQL gives a meaning to.
SYNTAX = re.compile(r"[\"'*():^&|!<>\\{}\x00]+")


#: Typed signs alone find nothing. Without any word, Wagtail's lists of results would be an error.
NO_WORD = "nowordatall"


def words_of(query: Any) -> Any:
    """What was typed, as words. A query that code built stays as it is."""
    if not isinstance(query, str) or not query:
        return query
    return " ".join(SYNTAX.sub(" ", query).split()) or NO_WORD


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 the name that Wagtail looks for
    """The backend of the database in use."""
    backend = database.SearchBackend(params)
    search, autocomplete = backend.search, backend.autocomplete
    backend.search = lambda query, *args, **options: search(words_of(query), *args, **options)
    backend.autocomplete = lambda query, *args, **options: autocomplete(words_of(query), *args, **options)
    return backend
