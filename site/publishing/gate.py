"""The publishing gate: a page that has a publish blocker is not saved live.

There are many ways to publish (the button, create and publish, bulk actions, schedules, copies, aliases, translations, imports,
scripts), and all of them end in a save. So the gate is a receiver of `pre_save`, which also sees what a fixture loads.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from publishing.errors import CannotGoLiveError

#: Fields of a plain `Page` that readers see. A save that touches none of them brings nothing new to them.
SHOWN_FIELDS = frozenset({"live", "title", "seo_title", "search_description"})
IMPORT_AS_DRAFT = _("A medical page is imported as a draft: only a clinician's approval brings it to readers.")


def publish_blockers_of(page: Any) -> list[str]:
    """Why this page, as it is in memory, may not be shown to readers. Empty where it may."""
    return [str(blocker) for blocker in page.publish_blockers()] if hasattr(page, "publish_blockers") else []


@receiver(pre_save)
def guard(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Refuse to save a live page with a publish blocker. Raises `CannotGoLiveError`."""
    if not isinstance(instance, Page) or not hasattr(instance.specific_class, "publish_blockers"):
        return
    if update_fields is not None and not changes_what_readers_see(sender, update_fields):
        return
    page = page_after_save(instance, raw, update_fields)
    if page is None or not page.live:
        return
    if found := publish_blockers_of(page):
        raise CannotGoLiveError(found, instance)
    if hasattr(page, "approval_id"):
        note_approval(instance, page.approval_id, update_fields)


def changes_what_readers_see(sender: Any, update_fields: Iterable[str]) -> bool:
    """Whether a save of these fields can change what readers see."""
    return bool(SHOWN_FIELDS & set(update_fields)) or (sender is not Page and not set(update_fields) <= {f.name for f in Page._meta.fields})


def page_after_save(instance: Any, raw: bool, update_fields: Any) -> Any:
    """The page with everything a reader would get once this save is done; None where there is nothing of its own type yet.

    Three savers bring only a part of a page: code that holds it as a plain `Page`, code that names the fields to save, and a
    fixture, which brings the plain row and the row of its own type one after the other.
    """
    model = instance.specific_class
    if raw and type(instance) is not Page:
        return with_stored_plain_row(instance)
    if type(instance) is Page:
        update_fields = SHOWN_FIELDS & set(update_fields or SHOWN_FIELDS)
    elif update_fields is None:
        return instance
    stored = model._default_manager.filter(pk=instance.pk).first()
    if stored is None:
        if instance.live and model.needs_approval:
            raise CannotGoLiveError([IMPORT_AS_DRAFT], instance)
        return None
    for name in update_fields:
        setattr(stored, name, children.all() if hasattr(children := getattr(instance, name), "get_live_queryset") else children)
    return stored


def with_stored_plain_row(instance: Any) -> Any:
    """A fixture's row of a page's own type, with what the database holds of the page already."""
    model = type(instance)
    merged = model(pk=instance.pk, **{f.attname: getattr(instance, f.attname) for f in model._meta.local_fields})
    shown = Page.objects.filter(pk=instance.pk).values(*SHOWN_FIELDS).first() or {"live": False}
    for name, value in shown.items():
        setattr(merged, name, value)
    return merged


def note_approval(instance: Any, approval_id: int | None, update_fields: Any) -> None:
    """The page remembers by which approval it is live, also where a save names only some fields."""
    if hasattr(instance, "approval_id"):
        instance.approval_id = approval_id
    if not hasattr(instance, "approval_id") or update_fields is not None:
        instance.specific_class._default_manager.filter(pk=instance.pk).update(approval_id=approval_id)
