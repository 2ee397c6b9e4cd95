"""The style guide: design tokens, drawings and every block, rendered by the site itself. For staff, and in development."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.blocks.block_list import picked_blocks
from page_tree.linked_pages import read_scope
from page_tree.routing import site_of
from treatments.choices import MonkTone
from treatments.drawings.skin_cross_section import RECIPES

#: Purpose of each color token, by name.
COLORS = {
    "paper": "the ground",
    "paper-soft": "a second ground",
    "paper-sage": "a third, for drawings",
    "paper-deep": "the ground of the footer",
    "ink": "text",
    "ink-quiet": "text that steps back",
    "line": "hairlines",
    "line-strong": "edges of fields",
    "accent": "what can be done",
    "focus": "where the keyboard is",
    "danger": "mistakes and warnings",
    "warning": "with care",
    "good": "suits",
}


@dataclass(frozen=True)
class BlockSample:
    """A block with its texts for staff and its rendered preview."""

    name: str
    label: str | Promise
    group: str | Promise
    description: str | Promise
    html: SafeString


def block_samples(request: HttpRequest) -> list[BlockSample]:
    """Every block that staff can pick, rendered with its preview value, sorted by group and label."""
    samples = []
    for name, block in picked_blocks().items():
        html = block.render(block.normalize(block.get_preview_value()), {"request": request})
        samples.append(BlockSample(name, block.label or block.meta.label, block.meta.group, block.get_description(), html))
    return sorted(samples, key=lambda sample: (str(sample.group), str(sample.label)))


@require_safe
@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """The style guide page. Outside development it raises Http404 for everybody but staff, and always on the public site."""
    if not (settings.DEBUG or (settings.SITE_ROLE != "public" and request.user.has_perm("wagtailadmin.access_admin"))):
        raise Http404
    with read_scope():
        site_of(request)
        context = {"colors": COLORS, "drawings": list(RECIPES), "tones": MonkTone.values, "samples": block_samples(request)}
        return render(request, "pages/styleguide.html", context)
