"""Glossary words in running text: the first occurrence on a page becomes a button that shows the meaning."""

import re
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from core.models.glossary import GlossaryTerm
from page_cache.memo import cached_per_version
from page_tree.linked_pages import in_read_scope, once_per_response

TAG = re.compile(r"(<[^>]+>)")
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
    output: list[str] = []
    excluded_depth = 0

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

    for token in TAG.split(html):
        if token.startswith("<"):
            name = token.strip("</>").split(" ", 1)[0].lower()
            if name in EXCLUDED_ELEMENTS:
                excluded_depth += -1 if token.startswith("</") else 1
            output.append(token)
        else:
            output.append(token if excluded_depth else entries.pattern.sub(mark, token))
    return mark_safe("".join(output))
