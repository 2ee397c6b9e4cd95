"""Which pages hold words: the database's own search over whole texts, which stops at a number of matches.

Wagtail's search joins every page to its text and looks for the words in the two together, so that no index helps and every
match is read before the first is shown. Here the index is asked by itself, with Wagtail's own expressions: it is walked from
the newest text, and only until there are enough, so that a word on ten thousand pages costs as much as one on a hundred.
"""

from functools import reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.models import Exists, F, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.models import IndexEntry
from wagtail.search.query import And, SearchQuery


def holding(pages: Any, query: SearchQuery, most: int, only_titles: bool = False, best_first: bool = False) -> list[int]:
    """Ids of those of the pages that match, at most so many: the newest first, or those the database ranks best."""
    results = pages.order_by().search(query)
    entries = (sqlite_entries if connection.vendor == "sqlite" else postgres_entries)(results, only_titles, best_first)
    return [int(pk) for pk in entries[:most]]


def of_pages(pages: Any, key: str) -> Q:
    """The condition that an entry of the index is of one of the pages. `key` names the page's id, which the index keeps as text."""
    this_page = pages.order_by().filter(pk=Cast(OuterRef(f"{key}object_id"), IntegerField()))
    return Q(**{f"{key}content_type__in": get_descendants_content_types_pks(pages.model)}) & Q(Exists(this_page))


def sqlite_entries(results: Any, only_titles: bool, best_first: bool) -> Any:
    """Ids from SQLite's index, as a query."""
    # These can be imported on SQLite alone.
    from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, SQLiteFTSIndexEntry

    compiler = results.query_compiler
    words = MatchExpression(["title"] if only_titles else compiler.FTS_TABLE_FIELDS, compiler.build_search_query(compiler.query))
    entries = SQLiteFTSIndexEntry.objects.filter(words, of_pages(compiler.queryset, "index_entry__"))
    return entries.order_by(BM25() if best_first else "-pk").values_list("index_entry__object_id", flat=True)


def postgres_entries(results: Any, only_titles: bool, best_first: bool) -> Any:
    """Ids from PostgreSQL's index, as a query. A word may stand in the title and the next in the text, each in an index of its own."""
    compiler, config = results.query_compiler, results.query_compiler.get_config(results.backend)
    query = compiler.query
    asked = [compiler.build_tsquery(part, config) for part in (query.subqueries if isinstance(query, And) else [query])]
    words = reduce(and_, (Q(title=part) if only_titles else Q(title=part) | Q(body=part) for part in asked))
    entries = IndexEntry.objects.filter(words, of_pages(compiler.queryset, ""))
    if best_first:
        in_title, in_text = (compiler.build_tsrank(F(column), query, config) for column in ("title", "body"))
        entries = entries.order_by((in_title * F("title_norm") + in_text).desc(), "-pk")
    else:
        entries = entries.order_by("-pk")
    return entries.values_list("object_id", flat=True)
