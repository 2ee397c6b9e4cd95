"""Structured data of articles (schema.org)."""

from blog.models.articles import ArticlePage
from common.clock import clinic_iso
from core.structured_data import Node, page_nodes, person
from review.structured_data import medical_page


def article(page: ArticlePage, base: str) -> Node:
    """The `Article` node."""
    return {
        "@type": "Article",
        "@id": f"{page.full_url}#article",
        "headline": page.title,
        "description": page.summary,
        "url": page.full_url,
        "inLanguage": page.locale.language_code,
        "datePublished": clinic_iso(page.published_on),
        "dateModified": clinic_iso(page.last_published_at),
        "author": person(page.author, base) if page.author else None,
        "publisher": {"@id": f"{base}/#clinic"},
        "articleSection": page.topic.title if page.topic else None,
    }


@page_nodes.register
def article_nodes(page: ArticlePage, base: str) -> list[Node | None]:
    """All nodes of an article's page."""
    node = article(page, base)
    return [medical_page(page, base, node["@id"], page.review), node]
