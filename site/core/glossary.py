"""Glossary words in running text: the first occurrence on a page becomes a button that shows the meaning."""

import re
from dataclasses import dataclass
from functools import partial
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from core.html_texts import replace_texts
from core.models.glossary import GlossaryTerm
from page_cache.memo import cached_per_version
from page_tree.linked_pages import in_read_scope, once_per_response

#: No button is added inside these elements: HTML forbids a button within a link or a button, and headings stay plain.
EXCLUDED_ELEMENTS = ("a", "button", "h1", "h2", "h3", "h4", "summary")


@dataclass(frozen=True)
class Glossary:
    """All glossary terms, with a pattern that matches any of their forms. The pattern is None where there are no terms."""

    pattern: re.Pattern[str] | None
    terms: dict[str, GlossaryTerm]


@cached_per_version
def glossary() -> Glossary:
    """The glossary from the database. Longer forms come first in the pattern, so that they win over words they begin with."""
    terms = {form.lower(): term for term in GlossaryTerm.objects.all() for form in term.forms}
    if not terms:
        return Glossary(None, {})
    words = "|".join(re.escape(escape(form)) for form in sorted(terms, key=len, reverse=True))
    return Glossary(re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), terms)


def explain_terms(html: str) -> SafeString:
    """Rich text with the first occurrence of each glossary word as a button that opens its meaning. Needs no script.

    Unchanged outside `read_scope()`, where first occurrences cannot be tracked across the texts of a page.
    """
    entries = glossary()
    if entries.pattern is None or not in_read_scope():
        return mark_safe(html)
    seen: set[int] = once_per_response("glossary words explained", set)

    def mark(match: re.Match[str]) -> str:
        term = entries.terms.get(match[0].lower())
        if term is None or term.pk in seen:
            return match[0]
        seen.add(term.pk)
        anchor = f"word-{term.pk}"
        meaning = f"<strong>{escape(capfirst(term.term))}</strong> {escape(term.meaning)}"
        return (
            f'<button class="term" type="button" popovertarget="{anchor}">{match[0]}</button>'
            f'<span class="term-meaning" id="{anchor}" popover role="note">{meaning}</span>'
        )

    return replace_texts(html, partial(entries.pattern.sub, mark), EXCLUDED_ELEMENTS)
