"""Articles and their topics."""

from blog.models.articles import ArticleIndexPage, ArticlePage, newest_articles
from blog.models.topics import Topic

__all__ = ["ArticleIndexPage", "ArticlePage", "Topic", "newest_articles"]
