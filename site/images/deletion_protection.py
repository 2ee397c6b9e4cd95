"""Protection of images on live medical pages: they cannot be deleted, since a clinician approved the pages with them."""

from django.db.models import Model
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from common.types import Extra
from publishing.deletion_protection import approved_pages_showing, titles_of
from publishing.errors import EditorialRuleError


def refuse_deleting_approved(image: Model) -> None:
    """Raises `EditorialRuleError` where a live medical page was approved with this image."""
    if pages := approved_pages_showing(image):
        text = _("This picture stands on %s, which a clinician approved with it. Take it from the page first.")
        raise EditorialRuleError([text % titles_of(pages)])


@receiver(pre_delete)
def refuse_in_bulk(sender: type[Model], instance: Model, **kwargs: Extra) -> None:
    """Also refuse when a queryset is deleted, which does not call the model's own `delete`."""
    if sender is get_image_model():
        refuse_deleting_approved(instance)
