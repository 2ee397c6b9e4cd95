"""What a public process may read: views in a schema of their own, with the names of the tables behind them.

The public role finds the views first (`search_path`), and has no right to the tables. So the same code runs on both sides, while a public
process cannot read a draft, an unpublished page, a note to a reviewer, or who on the staff did something, whatever SQL it sends.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from database.receipt_scope import RECEIPT, named_hash_sql

SCHEMA = "published"

LIVE_PAGES = "SELECT live.id FROM public.wagtailcore_page live WHERE live.live"
ALL = "true"
UNRESTRICTED_COLLECTIONS = """
    NOT EXISTS (
        SELECT 1 FROM public.wagtailcore_collectionviewrestriction restriction
        JOIN public.wagtailcore_collection restricted ON restricted.id = restriction.collection_id
        JOIN public.wagtailcore_collection own ON own.path LIKE restricted.path || '%'
        WHERE own.id = collection_id
    )"""
OWN_REQUEST = f"""
    request_id IN (
        SELECT own.id FROM public.consultations_consultationrequest own
        WHERE own.receipt_hash = {named_hash_sql(RECEIPT)}
    ) AND action IN ('opened', 'printed', 'exported')"""
#: A patient's photo has sizes only while a page with it is published.
PUBLISHED_IMAGES = "shows <> 'patient' OR EXISTS (SELECT 1 FROM public.core_siterendition size WHERE size.image_id = core_siteimage.id)"
INDEXED = """
    content_type_id IN (
        SELECT kind.id FROM public.django_content_type kind
        WHERE (kind.app_label, kind.model) = ('core', 'clinician')
    ) OR object_id IN (SELECT live.id::text FROM public.wagtailcore_page live WHERE live.live) AND content_type_id IN (
        SELECT DISTINCT live.content_type_id FROM public.wagtailcore_page live WHERE live.live
    )"""

#: Models besides pages and what belongs to them, each with the condition for its rows. A model that is not named here cannot be read.
ROWS = {
    "blog.Topic": ALL,
    "consultations.AccessLogEntry": OWN_REQUEST,
    "consultations.ConsentVersion": ALL,
    "consultations.RequestPolicy": ALL,
    "consultations.UrgentAdvice": ALL,
    "consultations.UrgentWords": ALL,
    "contenttypes.ContentType": ALL,
    "core.Approval": f"page_id IN ({LIVE_PAGES})",
    "core.ClinicDetails": ALL,
    "core.Clinician": ALL,
    "core.GlossaryTerm": ALL,
    "core.Navigation": ALL,
    "core.Reference": ALL,
    "core.SiteImage": PUBLISHED_IMAGES,
    "core.SiteRendition": ALL,
    "home.SearchWord": ALL,
    "wagtailcore.Collection": ALL,
    "wagtailcore.Locale": ALL,
    "wagtailcore.PageViewRestriction": ALL,
    "wagtailcore.Site": ALL,
    "wagtaildocs.Document": UNRESTRICTED_COLLECTIONS,
    "wagtailredirects.Redirect": ALL,
    "wagtailsearch.IndexEntry": INDEXED,
}
#: Columns that no reader gets, each with what stands in its place.
HIDDEN_COLUMNS = {
    "actor": "''",
    "change_note": "''",
    "comment": "''",
    "consent_id": "NULL",
    "content_hash": "''",
    "detail": "''",
    "draft_title": "title",
    "go_live_at": "NULL",
    "has_unpublished_changes": "false",
    "is_small_edit": "false",
    "latest_revision_id": "NULL",
    "live_revision_id": "NULL",
    "locked_by_id": "NULL",
    "overridden": "'[]'",
    "override_reason": "''",
    "owner_id": "NULL",
    "revision_id": "NULL",
    "seal": "''",
    "uploaded_by_user_id": "NULL",
    "user_id": "NULL",
}


def page_condition(model: type[Model]) -> str:
    """The condition for rows that are pages or belong to one; empty for other models."""
    if model is Page:
        return "live"
    if issubclass(model, Page):
        return f"page_ptr_id IN ({LIVE_PAGES})"
    for field in model._meta.concrete_fields:
        is_of_page = field.related_model is not None and issubclass(field.related_model, Page)
        if is_of_page and (isinstance(field, ParentalKey) or model._meta.auto_created):
            return f"{field.column} IN ({LIVE_PAGES})"
    return ""


#: Wagtail's own rows that belong to a page and that no reader sees.
STAFF_ONLY = frozenset({"Comment", "CommentReply", "PageSubscription", "WorkflowPage", "WorkflowTask", "GroupPagePermission"})


def readable_models() -> Iterator[tuple[type[Model], str]]:
    """Every model with a view, and the condition for its rows."""
    for model in apps.get_models(include_auto_created=True):
        if model.__name__ in STAFF_ONLY or not model._meta.managed:
            continue
        if condition := ROWS.get(model._meta.label) or page_condition(model):
            yield model, condition


def column_sql(model: type[Model], field: Field) -> str:
    """A column of a view: the table's own, or what stands in its place."""
    quoted = connection.ops.quote_name(str(field.column))
    if field.column not in HIDDEN_COLUMNS:
        return quoted
    column_type = field.rel_db_type(connection) if field.is_relation else field.cast_db_type(connection)
    return f"({HIDDEN_COLUMNS[field.column]})::{column_type} AS {quoted}"


def view_sql(model: type[Model], condition: str) -> str:
    """The statement that creates a model's view. As a security barrier it applies its condition before any condition of the reader."""
    table = model._meta.db_table
    columns = ", ".join(column_sql(model, field) for field in model._meta.local_concrete_fields)
    barrier = "" if condition == ALL else " WITH (security_barrier)"
    return f'CREATE VIEW {SCHEMA}."{table}"{barrier} AS SELECT {columns} FROM public."{table}" WHERE {condition}'
