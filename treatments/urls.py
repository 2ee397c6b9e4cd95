"""URLs below the overview of treatments that are views and not pages of the tree."""

from django.urls import path

from treatments import views

urlpatterns = [
    path("treatments/finder/", views.finder, name="finder"),
    path("treatments/compare/", views.compare, name="compare"),
]
