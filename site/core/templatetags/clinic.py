"""What templates say of the clinic: whether it is open, and phone numbers as links."""

import datetime as dt
import re

import phonenumbers
from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common.types import Context
from core.opening import OpeningState, answer_by, opening_state
from page_cache.freshness import stale_at

register = template.Library()
#: Numbers of three digits that everybody can call in the United States.
SHORT_NUMBERS = re.compile(r"\b(?:911|988)\b")
REGION = "US"


@register.simple_tag(takes_context=True)
def opening_now(context: Context) -> OpeningState | None:
    """Whether the clinic is open now. The page is rendered again when that changes."""
    state = opening_state(context["clinic"])
    request: HttpRequest | None = context.get("request")
    if state and state.until and request is not None:
        stale_at(request, state.until)
    return state


@register.simple_tag(takes_context=True)
def answer_day(context: Context, received: dt.datetime) -> dt.date | None:
    """The day by which the clinic answers what it received then. None where it names none."""
    return answer_by(context["clinic"], received)


@register.filter
def phone_links(text: str) -> SafeString:
    """A text in which each phone number is a link."""
    spans = [
        (match.start, match.end, phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164))
        for match in phonenumbers.PhoneNumberMatcher(text, REGION, leniency=phonenumbers.Leniency.POSSIBLE)
    ]
    spans += [(match.start(), match.end(), match.group()) for match in SHORT_NUMBERS.finditer(text)]
    parts, end = [], 0
    for start, until, number in sorted(spans):
        if start >= end:
            parts.append(format_html('{}<a href="tel:{}">{}</a>', text[end:start], number, text[start:until]))
            end = until
    parts.append(format_html("{}", text[end:]))
    return mark_safe("".join(parts))
