"""Articles and their topics."""

from blog.models.articles import ArticleIndexPage, ArticlePage
from blog.models.topics import Topic

__all__ = ["ArticleIndexPage", "ArticlePage", "Topic"]
