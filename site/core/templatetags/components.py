"""Template components that wrap content. Their signatures declare the arguments; a missing or unknown one is an error."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.glossary import explain_terms

register = template.Library()


@register.simple_block_tag
def page_section(content: str, *, title: str, anchor: str, when: object = True) -> str:
    """A titled section of a page. Renders nothing where `when` is falsy."""
    if not when:
        return ""
    return render_to_string("components/page_section.html", {"content": content, "title": title, "anchor": anchor})


@register.simple_block_tag
def callout(content: str, *, kind: str, label: str, title: str) -> SafeString:
    """A highlighted note. `kind` is a value of `CalloutKind`, and `label` its label."""
    return render_to_string("components/callout.html", {"content": content, "kind": kind, "label": label, "title": title})


@register.simple_block_tag
def home_section(content: str, *, title: str, text: str = "", tone: str = "plain", anchor: str = "") -> SafeString:
    """A band of the home page. `tone` is `plain`, `soft` or `deep`."""
    return render_to_string(
        "components/home_section.html", {"content": content, "title": title, "text": text, "tone": tone, "anchor": anchor}
    )


@register.filter
def explained(html: object) -> SafeString:
    """Rich text with the first occurrence of each glossary word explained."""
    return explain_terms(str(html))


@register.filter
def tel(phone: str) -> str:
    """A `tel:` URL for a phone number. Empty for an empty number."""
    return f"tel:{phone}" if phone else ""
