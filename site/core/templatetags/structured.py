"""What other sites and search engines read, in templates."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from core import structured_data
from core.models.clinic import ClinicDetails

register = template.Library()

#: What would end the element, or be read as markup by a careless reader.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data_of(page: Any, clinic: ClinicDetails, person: Any = None) -> SafeString:
    """The page's nodes, the site's and the clinic's. A data block: browsers never run it, so the security policy allows it."""
    base = settings.BASE_URL
    nodes = [structured_data.website(clinic, base), structured_data.clinic(clinic, base)]
    if page and getattr(page, "pk", None):
        steps = [(crumb.title, crumb.full_url) for crumb in getattr(page, "breadcrumbs", [])] + [(page.title, page.full_url)]
        if person:
            steps.append((person.display_name, f"{base}{person.get_absolute_url()}"))
            nodes.append(structured_data.physician(person, base))
        if len(steps) > 1:
            nodes.append(structured_data.breadcrumbs(steps))
        nodes += [node for node in structured_data.page_nodes(page, base) if node]
    text = json.dumps(structured_data.graph(nodes), ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def share_picture_of(page: Any, clinic: ClinicDetails) -> str:
    """The full address of the picture that stands for a page."""
    return f"{settings.BASE_URL}{page.share_address(clinic)}" if page.pk else ""
