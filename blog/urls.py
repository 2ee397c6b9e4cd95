"""URLs of the feeds, below the article index."""

from django.urls import path

from blog.feeds import ArticleAtomFeed, ArticleRssFeed

app_name = "blog"

urlpatterns = [
    path("feed/", ArticleRssFeed(), name="rss"),
    path("feed/atom/", ArticleAtomFeed(), name="atom"),
]
