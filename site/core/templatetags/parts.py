"""Parts of a page that are the same for every reader, rendered once for each version of the site in each process."""

from typing import Any

from django import template
from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core import site_version

register = template.Library()


class PartNode(template.Node):
    """What stands between `part` and `endpart`."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, told_apart_by: list[FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.told_apart_by = told_apart_by
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        version = site_version.of_response.get()
        values = [value.resolve(context, ignore_failures=True) for value in self.told_apart_by]
        if version is None or not version.lasts or None in values:
            return self.nodelist.render(context)
        # Opening hours, prices and reviews depend on the day.
        key = make_template_fragment_key(self.name, [version.name, timezone.localdate(), get_language(), *values])
        kept: Any = caches["parts"].get(key)
        if kept is None:
            kept = self.nodelist.render(context)
            caches["parts"].set(key, str(kept))
        return mark_safe(kept)


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """`{% part "footer" site.pk %}…{% endpart %}`: a name, and everything that tells one such part from another.

    Where a value is missing or None, and where nothing is kept (previews, drafts, the staff's own screens), it is rendered anew.
    """
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(name.strip("\"'"), [parser.compile_filter(value) for value in values], nodelist)
