"""Signals: which saves change what readers see. Each changes the site version once it is committed."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractRendition
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from page_cache.site_version import change_on_commit

#: Wagtail's models that readers see. A page of any app is a `Page`.
SHOWN_BASES: tuple[type[Model], ...] = (Page, Site, Locale, PageViewRestriction, Redirect, Collection, AbstractDocument)
#: Apps whose models readers see, unless excluded below. A model that is missing below costs speed, not correctness.
SHOWN_APPS = frozenset({"core", "treatments", "blog", "home"})
HIDDEN_MODELS = frozenset({"core.user", "core.duemail", "core.wordrule", "core.siterendition", "home.searchmiss"})
#: Models of other apps that pages show.
SHOWN_MODELS = frozenset({"consultations.consultationquestion", "consultations.requestpolicy", "consultations.consentversion"})
#: Fields that saving a draft changes: readers see none of them.
DRAFT_FIELDS = frozenset({"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "go_live_at"})


def is_shown(model: type[Model]) -> bool:
    """Whether readers can see something of a model's rows."""
    label = model._meta.label_lower
    if model._meta.app_label in SHOWN_APPS:
        return label not in HIDDEN_MODELS
    return issubclass(model, SHOWN_BASES) or label in SHOWN_MODELS


@receiver([post_save, post_delete])
def after_saving(sender: type[Model], update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if is_shown(sender) and not (update_fields and update_fields <= DRAFT_FIELDS):
        change_on_commit()


@receiver(post_delete)
def after_deleting_a_rendition(sender: type[Model], **kwargs: Any) -> None:
    """Pages name the files of renditions. A new rendition changes nothing; a deleted one does."""
    if issubclass(sender, AbstractRendition):
        change_on_commit()


@receiver(m2m_changed)
def after_relating(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and is_shown(type(instance)):
        change_on_commit()


@receiver([page_published, page_unpublished, post_page_move])
def after_moving(**kwargs: Any) -> None:
    change_on_commit()
