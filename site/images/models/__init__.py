"""The image model, its renditions, and photo consents. Their tables belong to the app label `core`."""

from images.models.photo_consent import ConsentScope, PhotoConsent
from images.models.site_image import Shows, SiteImage, SiteRendition

__all__ = ["ConsentScope", "PhotoConsent", "Shows", "SiteImage", "SiteRendition"]
