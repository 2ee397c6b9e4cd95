"""Withdrawing a consent: the photographs are gone from every page and from storage when it returns."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from images.models.photo_consent import PhotoConsent
from publishing.protection import pages_showing


class PhotosLeftError(Exception):
    """Files that could not be deleted; the message names them. The consent is withdrawn all the same."""


def pages_of(consent: PhotoConsent) -> list[Any]:
    """Every page that shows a photograph of this consent, live or not."""
    return list({page.pk: page for photo in consent.photos.all() for page in pages_showing(photo)}.values())


def places_of(consent: PhotoConsent) -> list[dict[str, Any]]:
    """The same as plain values to keep and to show: title, whether it is live, and where to edit it."""
    return [
        {"title": page.get_admin_display_title(), "live": page.live, "edit": reverse("wagtailadmin_pages:edit", args=(page.pk,))}
        for page in pages_of(consent)
    ]


def take_offline(consent: PhotoConsent, user: Any, action: str) -> None:
    """Unpublish every page that shows a photograph of this consent, and delete the sizes made of it. Originals stay."""
    for page in pages_of(consent):
        if page.live:
            # The right to withdraw a consent is enough: who answers the phone need not have the right to unpublish.
            UnpublishPageAction(page, user=user, log_action=action).execute(skip_permission_checks=True)
    for photo in consent.photos.all():
        for rendition in photo.renditions.all():
            rendition.delete()


def withdraw_consent(consent: PhotoConsent, user: Any) -> list[dict[str, Any]]:
    """End a consent for good: pages offline, photographs deleted in every size. Returns where they stood.

    The record of the consent and its signed form stay, as proof of what was agreed. Raises `PhotosLeftError`.
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
    left = []
    for storage, name in files:
        try:
            storage.delete(name)
        except OSError:
            left.append(name)
    if left:
        raise PhotosLeftError(_("These files could not be deleted: %s. Tell whoever runs the server at once.") % ", ".join(left))
    return places


def is_shown(consent: PhotoConsent) -> bool:
    """Whether readers can still get at a photograph: a live page, or a size that was made of it."""
    sized = any(photo.renditions.exists() for photo in consent.photos.all())
    return sized or any(page.live for page in pages_of(consent))


def unpublish_expired() -> list[PhotoConsent]:
    """Take the photographs of consents that do not hold any more offline, and return those consents. Done again, it finds nothing."""
    ended = []
    for consent in PhotoConsent.objects.filter(photos__isnull=False).distinct():
        if not consent.holds and is_shown(consent):
            take_offline(consent, None, "wagtail.unpublish.scheduled")
            ended.append(consent)
    return ended


@receiver(post_save, sender=PhotoConsent)
def unpublish_ended(instance: PhotoConsent, **kwargs: Any) -> None:
    """A consent that staff narrow or end in its form takes its photographs offline in the same request."""
    if not instance.holds and instance.withdrawn_at is None:
        take_offline(instance, None, "wagtail.unpublish")


@receiver(pre_save, sender=PhotoConsent)
def delete_replaced_document(instance: PhotoConsent, **kwargs: Any) -> None:
    """A signed form that another takes the place of does not stay behind."""
    stored = PhotoConsent.objects.filter(pk=instance.pk).first()
    if stored and stored.document and stored.document.name != instance.document.name:
        transaction.on_commit(lambda: stored.document.delete(save=False))


@receiver(post_delete, sender=PhotoConsent)
def delete_document(instance: PhotoConsent, **kwargs: Any) -> None:
    """The signed form goes with its record."""
    if instance.document:
        transaction.on_commit(lambda: instance.document.delete(save=False))
