"""Components that wrap content. The signature says what each needs; a missing or unknown argument is an error."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.glossary import explain_terms

register = template.Library()


@register.simple_block_tag
def page_section(content: str, *, title: str, anchor: str, when: object = True) -> str:
    """A titled section of a page, left out altogether while `when` is empty."""
    if not when:
        return ""
    return render_to_string("components/page_section.html", {"content": content, "title": title, "anchor": anchor})


@register.simple_block_tag
def callout(content: str, *, kind: str, label: str, title: str) -> SafeString:
    """A few sentences set apart. `kind` is a `CalloutKind`; `label` says it in words."""
    return render_to_string("components/callout.html", {"content": content, "kind": kind, "label": label, "title": title})


@register.simple_block_tag
def home_section(content: str, *, title: str, text: str = "", tone: str = "plain", anchor: str = "") -> SafeString:
    """A band of the home page. `tone` is `plain`, `soft` or `deep`."""
    return render_to_string(
        "components/home_section.html", {"content": content, "title": title, "text": text, "tone": tone, "anchor": anchor}
    )


@register.filter
def explained(html: object) -> SafeString:
    """Running text, with the words of the glossary explained where each stands first."""
    return explain_terms(str(html))


@register.filter
def tel(phone: str) -> str:
    """A phone number as a `tel:` address."""
    return f"tel:{phone}" if phone else ""
