"""The differences between two versions of a page, from Wagtail's own comparison classes."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.admin.compare import ChildObjectComparison, ChildRelationComparison, FieldComparison

#: CSS classes with which Wagtail's HTML diffs mark what was added, removed or moved.
DIFF_MARKS = re.compile(r"\b(?:addition|deletion|replaced|moved)\b")


def differences(comparison: FieldComparison | ChildRelationComparison) -> Iterator[tuple[str, str]]:
    """The visible differences of one field or child relation: labels and HTML diffs.

    Where a comparison fails because a related object was deleted, a text that says so takes the place of the diff.
    """
    try:
        if comparison.is_child_relation:
            for row in comparison.get_child_comparisons():
                yield from row_differences(row, str(comparison.field_label()))
        elif comparison.has_changed() and DIFF_MARKS.search(str(diff := comparison.htmldiff())):
            # The editor normalizes the raw value of a StreamField, so `has_changed` alone reports differences that nobody can see.
            yield str(comparison.field_label()), diff
    except (TypeError, AttributeError, ValueError):
        yield (
            str(comparison.field_label()),
            _("This part cannot be compared: something that it showed was deleted. Read it as readers will."),
        )


def row_differences(row: ChildObjectComparison, label: str) -> Iterator[tuple[str, str]]:
    """The differences of a child object that was added, removed, changed or moved."""
    change = _("added") if row.is_addition() else _("removed") if row.is_deletion() else ""
    position_change = row.get_position_change()
    fields = [field for field in row.get_field_comparisons() if change or field.has_changed()]
    for field in fields:
        yield f"{label}{f' ({change})' if change else ''}: {field.field_label()}", field.htmldiff()
    if position_change and not fields:
        yield label, _("A row was moved.")
