"""Feeds of the newest articles, below the page that lists them."""

from django.urls import path

from blog.feeds import ArticleAtomFeed, ArticleRssFeed

app_name = "blog"

urlpatterns = [
    path("feed/", ArticleRssFeed(), name="rss"),
    path("feed/atom/", ArticleAtomFeed(), name="atom"),
]
