"""The publishing gate: a page that has a publish blocker is not saved live.

There are many ways to publish (the button, create and publish, bulk actions, schedules, copies, aliases, translations, imports,
scripts), and all of them end in a save. So the gate is a receiver of `pre_save`, which also runs for fixtures.
"""

from collections.abc import Iterable

from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from common.types import Extra, SpecificPage
from publishing.errors import CannotGoLiveError

#: Fields of the base `Page` model that readers see. A save of other base fields changes nothing for them.
SHOWN_FIELDS = frozenset({"live", "title", "seo_title", "search_description"})
IMPORT_AS_DRAFT = _("A medical page is imported as a draft: only a clinician's approval brings it to readers.")


def publish_blockers_of(page: SpecificPage) -> list[str]:
    """The reasons why this page, as it is in memory, may not go live. Empty where it may."""
    return [str(blocker) for blocker in page.publish_blockers()] if hasattr(page, "publish_blockers") else []


@receiver(pre_save)
def guard(sender: type[Model], instance: Model, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Extra) -> None:
    """Refuse to save a live page with a publish blocker. Raises `CannotGoLiveError`."""
    if not isinstance(instance, Page) or not hasattr(instance.specific_class, "publish_blockers"):
        return
    if update_fields is not None and not changes_what_readers_see(sender, update_fields):
        return
    page = page_after_save(instance, raw, update_fields)
    if page is None or not page.live:
        return
    if blockers := publish_blockers_of(page):
        raise CannotGoLiveError(blockers, instance)
    if hasattr(page, "approval_id"):
        record_approval(instance, page.approval_id, update_fields)


def changes_what_readers_see(sender: type[Model], update_fields: Iterable[str]) -> bool:
    """Whether a save of these fields can change what readers see."""
    return bool(SHOWN_FIELDS & set(update_fields)) or (sender is not Page and not set(update_fields) <= {f.name for f in Page._meta.fields})


def page_after_save(instance: Page, raw: bool, update_fields: Iterable[str] | None) -> SpecificPage | None:
    """The specific page as readers would see it after this save; None while its specific row does not exist yet.

    Three kinds of save have only some fields of the specific page: a save of a base `Page`, a save with `update_fields`, and
    a fixture, which loads the base row and then the specific row.
    """
    model = instance.specific_class
    if raw and type(instance) is not Page:
        return merge_with_base_row(instance)
    if type(instance) is Page:
        update_fields = SHOWN_FIELDS & set(update_fields or SHOWN_FIELDS)
    elif update_fields is None:
        return instance
    page = model._default_manager.filter(pk=instance.pk).first()
    if page is None:
        if instance.live and model.needs_approval:
            raise CannotGoLiveError([IMPORT_AS_DRAFT], instance)
        return None
    for name in update_fields:
        value = getattr(instance, name)
        # A child relation is assigned by its objects, not by its manager.
        setattr(page, name, value.all() if hasattr(value, "get_live_queryset") else value)
    return page


def merge_with_base_row(instance: Page) -> SpecificPage:
    """The specific row that a fixture loads, with the values of the base row that is already in the database."""
    model = type(instance)
    merged = model(pk=instance.pk, **{f.attname: getattr(instance, f.attname) for f in model._meta.local_fields})
    base_values = Page.objects.filter(pk=instance.pk).values(*SHOWN_FIELDS).first() or {"live": False}
    for name, value in base_values.items():
        setattr(merged, name, value)
    return merged


def record_approval(instance: Page, approval_id: int | None, update_fields: Iterable[str] | None) -> None:
    """Store with the page which approval it is live by, even where the save has `update_fields`."""
    if hasattr(instance, "approval_id"):
        instance.approval_id = approval_id
    if not hasattr(instance, "approval_id") or update_fields is not None:
        instance.specific_class._default_manager.filter(pk=instance.pk).update(approval_id=approval_id)
