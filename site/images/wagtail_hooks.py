"""Wagtail hooks: photo consents in the admin menu."""

from wagtail import hooks

from images.consent_views import ConsentViewSet


@hooks.register("register_admin_viewset")
def photo_consents() -> ConsentViewSet:
    return ConsentViewSet("consents")
