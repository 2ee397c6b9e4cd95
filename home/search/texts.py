"""Full-text search that queries the database's own index directly and stops at a number of matches.

Wagtail's search joins every page to its index entry and searches both together: no index helps, and every match is read
before the first is shown. Here the index is queried by itself, with Wagtail's own expressions. It is read from the newest
entry until there are enough matches, so that a word on ten thousand pages costs as much as one on a hundred.
"""

from functools import reduce
from operator import and_

from django.db import connection
from django.db.models import F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseSearchResults
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Page
from wagtail.search.models import IndexEntry
from wagtail.search.query import And, SearchQuery


def full_text_matches(
    pages: QuerySet[Page], query: SearchQuery, limit: int, only_titles: bool = False, best_first: bool = False
) -> dict[int, str]:
    """Titles by id of those of the pages that match, at most `limit`: the newest first, or the best by the database's ranking."""
    # Wagtail only compiles the words here. The conditions on pages are applied below, since Wagtail accepts indexed fields only.
    results = pages.model.objects.search(query)
    entries = (sqlite_entries if connection.vendor == "sqlite" else postgres_entries)(results, only_titles, best_first)
    return {int(pk): title for pk, title in ids_and_titles(entries, pages)[:limit]}


def ids_and_titles(entries: QuerySet[Model], pages: QuerySet[Page]) -> QuerySet[Model, tuple[str, str]]:
    """Ids and titles of those of the pages that the entries belong to. SQLite's entries reach Wagtail's through a relation.

    The index stores ids as text. The title comes from a subquery on the pages, so it is null for every other page.
    """
    prefix = "" if entries.model is IndexEntry else "index_entry__"
    this_page = pages.order_by().filter(pk=Cast(OuterRef(f"{prefix}object_id"), IntegerField()))
    content_types = {f"{prefix}content_type__in": get_descendants_content_types_pks(pages.model)}
    with_title = entries.filter(**content_types).annotate(page_title=Subquery(this_page.values("title")))
    return with_title.filter(page_title__isnull=False).values_list(f"{prefix}object_id", "page_title")


def sqlite_entries(results: BaseSearchResults, only_titles: bool, best_first: bool) -> QuerySet[Model]:
    """Entries of SQLite's index that match the words, in order."""
    # Imported here because the module fails to import on other databases.
    from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, SQLiteFTSIndexEntry

    compiler = results.query_compiler
    condition = MatchExpression(["title"] if only_titles else compiler.FTS_TABLE_FIELDS, compiler.build_search_query(compiler.query))
    return SQLiteFTSIndexEntry.objects.filter(condition).order_by(BM25() if best_first else "-pk")


def postgres_entries(results: BaseSearchResults, only_titles: bool, best_first: bool) -> QuerySet[Model]:
    """Entries of PostgreSQL's indexes that match the words, in order. One word may be in the title and another in the text."""
    compiler, config = results.query_compiler, results.query_compiler.get_config(results.backend)
    query = compiler.query
    tsqueries = [compiler.build_tsquery(subquery, config) for subquery in (query.subqueries if isinstance(query, And) else [query])]
    conditions = (Q(title=tsquery) if only_titles else Q(title=tsquery) | Q(body=tsquery) for tsquery in tsqueries)
    entries = IndexEntry.objects.filter(reduce(and_, conditions))
    if not best_first:
        return entries.order_by("-pk")
    title_rank, body_rank = (compiler.build_tsrank(F(column), query, config) for column in ("title", "body"))
    return entries.order_by((title_rank * F("title_norm") + body_rank).desc(), "-pk")
