"""Phone numbers in texts as links, so that a reader on a phone need not type them."""

import re
from html import unescape

import phonenumbers
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.html_texts import replace_texts

#: Numbers of three digits that everybody can call in the United States.
SHORT_NUMBERS = re.compile(r"\b(?:911|988)\b")
#: Looking for longer numbers is slow, and most texts have none.
MAY_HAVE_NUMBERS = re.compile(r"\b(?:911|988)\b|\d{3}\D{0,3}\d{3}\D{0,2}\d{4}")
REGION = "US"
#: HTML forbids a link within a link or a button.
EXCLUDED_ELEMENTS = ("a", "button")


def link_numbers(text: object) -> SafeString:
    """A plain text in which each phone number is a link."""
    text = str(text)
    if not MAY_HAVE_NUMBERS.search(text):
        return format_html("{}", text)
    spans = [
        (match.start, match.end, phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164))
        for match in phonenumbers.PhoneNumberMatcher(text, REGION, leniency=phonenumbers.Leniency.VALID)
    ]
    spans += [(match.start(), match.end(), match.group()) for match in SHORT_NUMBERS.finditer(text)]
    parts, end = [], 0
    for start, until, number in sorted(spans):
        if start >= end:
            parts.append(format_html('{}<a href="tel:{}">{}</a>', text[end:start], number, text[start:until]))
            end = until
    parts.append(format_html("{}", text[end:]))
    return mark_safe("".join(parts))


def link_numbers_in_html(html: str) -> SafeString:
    """HTML in which each phone number outside of links and buttons is a link."""
    if not MAY_HAVE_NUMBERS.search(html):
        return mark_safe(html)
    return replace_texts(html, lambda text: link_numbers(unescape(text)) if MAY_HAVE_NUMBERS.search(text) else text, EXCLUDED_ELEMENTS)
