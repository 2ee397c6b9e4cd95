"""Fragments of a page that are the same for every reader, rendered once per site version in each process."""

from django import template
from django.template import Context, Variable
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.templatetags.wagtail_cache import WagtailCacheNode

from common.clock import clinic_day
from page_cache.memo import pinned

register = template.Library()

#: Only limits the lifetime of unused fragments: every change of the site version makes all earlier fragments unreachable at once.
TIMEOUT_SECONDS = 24 * 3600
#: The day is one of them because opening hours, prices and reviews depend on it.
IMPLICIT_VARIABLES = ("fragment_version", "fragment_day", "fragment_language")


class CachedFragmentNode(WagtailCacheNode):
    """Wagtail's cache node (never in a preview), bound to the version of the site, the day and the language."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str, vary_on: list[FilterExpression]) -> None:
        self.explicit_vary_on = vary_on
        implicit = [Variable(variable) for variable in IMPLICIT_VARIABLES]
        super().__init__(nodelist, Variable(str(TIMEOUT_SECONDS)), name, [*vary_on, *implicit], cache_name=None)

    def render(self, context: Context) -> SafeString:
        version = pinned.get()
        values = [value.resolve(context, ignore_failures=True) for value in self.explicit_vary_on]
        if version is None or not version.is_cacheable or None in values:
            return self.nodelist.render(context)
        implicit = zip(IMPLICIT_VARIABLES, (version.name, clinic_day(), get_language()), strict=True)
        with context.update(dict(implicit)):
            return super().render(context)


@register.tag
def cachedfragment(parser: Parser, token: Token) -> CachedFragmentNode:
    """`{% cachedfragment "footer" site.pk %}…{% endcachedfragment %}`: a name, and all values that the fragment varies on.

    It is rendered each time where a value is missing or None, and where nothing is cached (previews, drafts, the admin).
    """
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(("endcachedfragment",))
    parser.delete_first_token()
    return CachedFragmentNode(nodelist, name.strip("\"'"), [parser.compile_filter(value) for value in values])
