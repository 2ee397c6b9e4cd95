"""Template tags for search engines and for sites where pages are shared."""

import json
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from common.types import SpecificPage
from core import structured_data
from core.models.clinic import ClinicDetails
from core.models.clinicians import Clinician

register = template.Library()

#: Types that search engines show with a picture.
ILLUSTRATED = ("Article",)
#: Characters that could end the script element or be parsed as markup.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data_of(page: SpecificPage, clinic: ClinicDetails, person: Clinician | None = None) -> SafeString:
    """A JSON-LD script element about the site, the clinic and the page.

    Browsers do not run this type of script, so the content security policy allows it.
    """
    base = settings.BASE_URL
    nodes = [structured_data.website(clinic, base), structured_data.clinic(clinic, base)]
    if page and getattr(page, "pk", None):
        steps = [(crumb.title, crumb.full_url) for crumb in getattr(page, "breadcrumbs", [])] + [(page.title, page.full_url)]
        if person:
            steps.append((person.display_name, f"{base}{person.get_absolute_url()}"))
            nodes.append(structured_data.physician(person, clinic, base))
        if len(steps) > 1:
            nodes.append(structured_data.breadcrumbs(steps))
        described = [node for node in structured_data.page_nodes(page, base) if node]
        nodes += [{**node, "image": [picture_of(page, clinic)]} if node["@type"] in ILLUSTRATED else node for node in described]
    text = json.dumps(structured_data.graph(nodes), ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def picture_of(page: SpecificPage, clinic: ClinicDetails) -> str:
    """The full URL of a page's picture: the one that staff chose, or the one that is drawn for it."""
    if page.share_image_id and not page.share_image.is_svg():
        return urljoin(f"{settings.BASE_URL}/", page.share_image.get_rendition("fill-1200x630|format-jpeg").url)
    return share_picture_of(page, clinic)


@register.simple_tag
def share_picture_of(page: SpecificPage, clinic: ClinicDetails) -> str:
    """The full URL of the share image of a page. Empty for a page that is not saved."""
    return f"{settings.BASE_URL}{page.share_address(clinic)}" if page.pk else ""
