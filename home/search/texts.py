"""Full-text search by the database's own index, which stops at a number of matches.

Wagtail's search joins every page to its text and looks for the words in the two together, so that no index helps and every
match is read before the first is shown. Here the index is asked by itself, with Wagtail's own expressions: it is walked from
the newest text, and only until there are enough, so that a word on ten thousand pages costs as much as one on a hundred.
"""

from functools import reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.models import F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.models import IndexEntry
from wagtail.search.query import And, SearchQuery


def full_text_matches(pages: Any, query: SearchQuery, limit: int, only_titles: bool = False, best_first: bool = False) -> dict[int, str]:
    """Titles by id of those of the pages that match, at most so many: the newest first, or those the database ranks best."""
    # Wagtail translates the words; which pages are meant is asked here, since it knows only conditions on fields it indexes.
    words = pages.model.objects.search(query)
    entries = (sqlite_entries if connection.vendor == "sqlite" else postgres_entries)(words, only_titles, best_first)
    return {int(pk): title for pk, title in of_pages(entries, pages)[:limit]}


def of_pages(entries: Any, pages: Any) -> Any:
    """Ids and titles of those of the pages that the entries are of. SQLite's entries lead to Wagtail's by a relation.

    The index keeps ids as text. The title is read from the page and shows by being there that the page is one of those.
    """
    entry = "" if entries.model is IndexEntry else "index_entry__"
    this_page = pages.order_by().filter(pk=Cast(OuterRef(f"{entry}object_id"), IntegerField()))
    kinds = {f"{entry}content_type__in": get_descendants_content_types_pks(pages.model)}
    titled = entries.filter(**kinds).annotate(page_title=Subquery(this_page.values("title")))
    return titled.filter(page_title__isnull=False).values_list(f"{entry}object_id", "page_title")


def sqlite_entries(results: Any, only_titles: bool, best_first: bool) -> Any:
    """Entries of SQLite's index that hold the words, in order."""
    # These can be imported on SQLite alone.
    from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, SQLiteFTSIndexEntry

    compiler = results.query_compiler
    words = MatchExpression(["title"] if only_titles else compiler.FTS_TABLE_FIELDS, compiler.build_search_query(compiler.query))
    return SQLiteFTSIndexEntry.objects.filter(words).order_by(BM25() if best_first else "-pk")


def postgres_entries(results: Any, only_titles: bool, best_first: bool) -> Any:
    """Entries of PostgreSQL's indexes that hold the words, in order: a word may stand in the title and the next in the text."""
    compiler, config = results.query_compiler, results.query_compiler.get_config(results.backend)
    query = compiler.query
    asked = [compiler.build_tsquery(part, config) for part in (query.subqueries if isinstance(query, And) else [query])]
    words = reduce(and_, (Q(title=part) if only_titles else Q(title=part) | Q(body=part) for part in asked))
    entries = IndexEntry.objects.filter(words)
    if not best_first:
        return entries.order_by("-pk")
    in_title, in_text = (compiler.build_tsrank(F(column), query, config) for column in ("title", "body"))
    return entries.order_by((in_title * F("title_norm") + in_text).desc(), "-pk")
