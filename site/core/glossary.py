"""Explaining words in place: the first time one stands in a page's running text, a touch shows what it means."""

import re
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from core.models.glossary import GlossaryTerm
from page_cache.memo import cached_per_version
from page_tree.linked_pages import in_read_scope, once_per_response

TAG = re.compile(r"(<[^>]+>)")
#: Inside these nothing is marked: one cannot press a button within a link.
CLOSED_ELEMENTS = ("a", "button", "h1", "h2", "h3", "h4", "summary")


@dataclass(frozen=True)
class Glossary:
    """All words, ready to be found."""

    pattern: re.Pattern[str] | None
    terms: dict[str, GlossaryTerm]


@cached_per_version
def glossary() -> Glossary:
    """From the database, longer phrases before the words they begin with."""
    terms = {form.lower(): term for term in GlossaryTerm.objects.all() for form in term.forms}
    if not terms:
        return Glossary(None, {})
    words = "|".join(re.escape(escape(form)) for form in sorted(terms, key=len, reverse=True))
    return Glossary(re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), terms)


def explain_terms(html: str) -> SafeString:
    """The running text with each glossary word marked once a page, as a button that opens its meaning. Needs no script."""
    found = glossary()
    if found.pattern is None or not in_read_scope():
        return mark_safe(html)
    seen: set[int] = once_per_response("glossary words explained", set)
    parts: list[str] = []
    closed = 0

    def mark(match: re.Match[str]) -> str:
        term = found.terms.get(match[0].lower())
        if term is None or term.pk in seen:
            return match[0]
        seen.add(term.pk)
        anchor = f"word-{term.pk}"
        meaning = f"<strong>{escape(capfirst(term.term))}</strong> {escape(term.meaning)}"
        return (
            f'<button class="term" type="button" popovertarget="{anchor}">{match[0]}</button>'
            f'<span class="term-meaning" id="{anchor}" popover role="note">{meaning}</span>'
        )

    for part in TAG.split(html):
        if part.startswith("<"):
            name = part.strip("</>").split(" ", 1)[0].lower()
            if name in CLOSED_ELEMENTS:
                closed += -1 if part.startswith("</") else 1
            parts.append(part)
        else:
            parts.append(part if closed else found.pattern.sub(mark, part))
    return mark_safe("".join(parts))
