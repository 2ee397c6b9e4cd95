"""The living catalogue: tokens, drawings and every block, as the site itself draws them. For staff, and in development."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.blocks.catalogue import picked_blocks
from page_tree.linked_pages import read_scope
from page_tree.routing import site_of
from treatments.choices import MonkTone
from treatments.drawings.section import RECIPES

#: Every color token, each with what it is for.
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
class Sample:
    """One block as staff pick it, and as readers see it."""

    name: str
    label: Any
    group: Any
    description: Any
    html: SafeString


def samples(request: HttpRequest) -> list[Sample]:
    """All blocks with their own previews, in groups."""
    made = []
    for name, block in picked_blocks().items():
        html = block.render(block.normalize(block.get_preview_value()), {"request": request})
        made.append(Sample(name, block.label or block.meta.label, block.meta.group, block.get_description(), html))
    return sorted(made, key=lambda sample: (str(sample.group), str(sample.label)))


@require_safe
@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """The catalogue; a 404 for everybody who is not staff."""
    if not (settings.DEBUG or (settings.SITE_ROLE != "public" and request.user.has_perm("wagtailadmin.access_admin"))):
        raise Http404
    with read_scope():
        site_of(request)
        context = {"colors": COLORS, "drawings": list(RECIPES), "tones": MonkTone.values, "samples": samples(request)}
        return render(request, "pages/styleguide.html", context)
