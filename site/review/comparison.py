"""What differs between two texts of a page, from Wagtail's own comparisons."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

#: How Wagtail marks what was added, removed or moved.
SEEN_TO_DIFFER = re.compile(r"\b(?:addition|deletion|replaced|moved)\b")


def differences(comparison: Any) -> Iterator[tuple[str, Any]]:
    """The visible differences of one field, or of the rows that belong to a page. What cannot be compared says so."""
    try:
        if comparison.is_child_relation:
            for row in comparison.get_child_comparisons():
                yield from row_differences(row, str(comparison.field_label()))
        elif comparison.has_changed() and SEEN_TO_DIFFER.search(str(shown := comparison.htmldiff())):
            # A body that went through the editor is stored in another form; only what can be seen to differ is shown.
            yield str(comparison.field_label()), shown
    except (TypeError, AttributeError, ValueError):
        yield (
            str(comparison.field_label()),
            _("This part cannot be compared: something that it showed was deleted. Read it as readers will."),
        )


def row_differences(row: Any, label: str) -> Iterator[tuple[str, Any]]:
    """The fields of a row that was added, removed or changed."""
    change = _("added") if row.is_addition() else _("removed") if row.is_deletion() else ""
    number = row.get_position_change()
    fields = [field for field in row.get_field_comparisons() if change or field.has_changed()]
    for field in fields:
        yield f"{label}{f' ({change})' if change else ''}: {field.field_label()}", field.htmldiff()
    if number and not fields:
        yield label, _("A row was moved.")
