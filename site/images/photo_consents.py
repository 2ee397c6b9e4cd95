"""Withdrawing and expiry of photo consents: unpublish pages, and delete photos and renditions."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from common.types import Extra, JSONObject, Visitor
from images.models.photo_consent import PhotoConsent
from publishing.deletion_protection import pages_showing


class PhotosLeftError(Exception):
    """Some files could not be deleted; the message names them. The consent is withdrawn nevertheless."""


def pages_of(consent: PhotoConsent) -> list[Page]:
    """Every page that shows a photo of this consent, live or not."""
    return list({page.pk: page for photo in consent.photos.all() for page in pages_showing(photo)}.values())


def places_of(consent: PhotoConsent) -> list[JSONObject]:
    """`pages_of` as JSON values: title, whether the page is live, and the URL of its editor."""
    return [
        {"title": page.get_admin_display_title(), "live": page.live, "edit": reverse("wagtailadmin_pages:edit", args=(page.pk,))}
        for page in pages_of(consent)
    ]


def take_offline(consent: PhotoConsent, user: Visitor | None, action: str) -> None:
    """Unpublish every page that shows a photo of this consent, and delete the renditions of its photos. Originals stay.

    `user` is None for scheduled runs; `action` is the action for the pages' history.
    """
    for page in pages_of(consent):
        if page.live:
            # The permission to withdraw a consent is enough: front desk staff have no permission to unpublish.
            UnpublishPageAction(page, user=user, log_action=action).execute(skip_permission_checks=True)
    for photo in consent.photos.all():
        for rendition in photo.renditions.all():
            rendition.delete()


def withdraw_consent(consent: PhotoConsent, user: Visitor) -> list[JSONObject]:
    """End a consent permanently: unpublish its pages, delete its photos and their renditions. Returns the `places_of` it.

    The consent itself and its signed form stay, as proof of what was agreed. Raises `PhotosLeftError`.
    """
    files = []
    with transaction.atomic():
        locked = PhotoConsent.objects.select_for_update().get(pk=consent.pk)
        photos = list(locked.photos.all())
        if locked.withdrawn_at is not None and not photos:
            return list(locked.ended_places)
        files = [(file.storage, file.name) for photo in photos for file in (photo.file, *(r.file for r in photo.renditions.all()))]
        places = places_of(locked)
        take_offline(locked, user, "wagtail.unpublish")
        for photo in photos:
            photo.delete()
        locked.withdrawn_at = locked.withdrawn_at or timezone.now()
        locked.ended_places = [*locked.ended_places, *places]
        locked.save()
        log(locked, "core.withdraw_consent", user=user, data={"pages": [place["title"] for place in places], "photos": len(photos)})
    undeleted = []
    for storage, name in files:
        try:
            storage.delete(name)
        except OSError:
            undeleted.append(name)
    if undeleted:
        raise PhotosLeftError(_("These files could not be deleted: %s. Tell whoever runs the server at once.") % ", ".join(undeleted))
    return places


def is_shown(consent: PhotoConsent) -> bool:
    """Whether a photo of this consent is still public: on a live page, or as a rendition with a URL."""
    has_renditions = any(photo.renditions.exists() for photo in consent.photos.all())
    return has_renditions or any(page.live for page in pages_of(consent))


def unpublish_expired() -> list[PhotoConsent]:
    """Take photos offline whose consent no longer holds, and return these consents. Idempotent."""
    ended = []
    for consent in PhotoConsent.objects.filter(photos__isnull=False).distinct():
        if not consent.holds and is_shown(consent):
            take_offline(consent, None, "wagtail.unpublish.scheduled")
            ended.append(consent)
    return ended


@receiver(post_save, sender=PhotoConsent)
def unpublish_ended(instance: PhotoConsent, **kwargs: Extra) -> None:
    """Take the photos offline in the same request when staff narrow or end a consent in its form."""
    if not instance.holds and instance.withdrawn_at is None:
        take_offline(instance, None, "wagtail.unpublish")


@receiver(pre_save, sender=PhotoConsent)
def delete_replaced_document(instance: PhotoConsent, **kwargs: Extra) -> None:
    """Delete the file of a signed form that was replaced."""
    previous = PhotoConsent.objects.filter(pk=instance.pk).first()
    if previous and previous.document and previous.document.name != instance.document.name:
        transaction.on_commit(lambda: previous.document.delete(save=False))


@receiver(post_delete, sender=PhotoConsent)
def delete_document(instance: PhotoConsent, **kwargs: Extra) -> None:
    """Delete the file of the signed form with its consent."""
    if instance.document:
        transaction.on_commit(lambda: instance.document.delete(save=False))
