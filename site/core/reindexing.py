"""Fills the search index of an existing site anew, once, where an upgrade changed what goes into it."""

from django.core.management import call_command
from django.db.migrations import Migration
from wagtail.models import Page

from common.types import Extra

#: The newest migration that marks such a change.
MARK = ("core", "0014_folded_search_index")


def reindex(plan: list[tuple[Migration, bool]] | None = None, verbosity: int = 1, **kwargs: Extra) -> None:
    """After a `migrate` that applied the mark, index every object. A new site has none yet."""
    applied = {(migration.app_label, migration.name) for migration, is_backwards in plan or () if not is_backwards}
    # Two pages come with Wagtail itself.
    if MARK in applied and Page.objects.count() > 2:
        call_command("update_index", verbosity=max(0, verbosity - 1))
