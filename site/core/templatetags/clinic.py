"""What templates say of the clinic: whether it is open, and phone numbers as links."""

import datetime as dt

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.templatetags.wagtailcore_tags import richtext as wagtail_richtext

from common.types import Context
from core.models.clinic import hours_text
from core.opening import OpeningState, answer_by, opening_state
from core.phone_links import link_numbers, link_numbers_in_html
from page_cache.freshness import stale_at
from page_cache.memo import cached_per_version
from page_tree.linked_pages import pages_by_id
from page_tree.visibility import private_paths

register = template.Library()


register.simple_tag(hours_text)


@register.simple_tag(takes_context=True)
def opening_now(context: Context) -> OpeningState | None:
    """Whether the clinic is open now. The page is rendered again when that changes."""
    state = opening_state(context["clinic"])
    request: HttpRequest | None = context.get("request")
    if state and state.until and request is not None:
        stale_at(request, state.until)
    return state


@cached_per_version
def address_of(page_id: int) -> str:
    """The address of a page. Empty where readers do not see it."""
    page = pages_by_id([page_id]).get(page_id)
    is_shown = page is not None and page.live and not page.path.startswith(tuple(private_paths()))
    return page.url or "" if page and is_shown else ""


@register.simple_tag(takes_context=True)
def after_hours_url(context: Context) -> str:
    """The address of the page for after hours. Empty where there is none that readers see."""
    page_id = context["clinic"].after_hours_page_id
    return address_of(page_id) if page_id else ""


@register.simple_tag(takes_context=True)
def answer_day(context: Context, received: dt.datetime) -> dt.date | None:
    """The day by which the clinic answers what it received then. None where it names none."""
    return answer_by(context["clinic"], received)


@register.filter
def phone_links(text: object) -> SafeString:
    """A text in which each phone number is a link."""
    return link_numbers(text)


@register.filter
def richtext(value: object) -> SafeString:
    """Rich text as HTML, as Wagtail's filter of this name makes it, with each phone number as a link."""
    return link_numbers_in_html(str(wagtail_richtext(value)))
