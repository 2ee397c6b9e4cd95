"""Which saves change what readers see. Each changes the site version once it is committed."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.models.images import SiteRendition
from core.site_version import change_on_commit

#: What Wagtail keeps that readers see. A page of any app is a `Page`.
SHOWN: tuple[type[Model], ...] = (Page, Site, Locale, PageViewRestriction, Redirect, Collection, AbstractDocument)
#: Apps whose every model readers see something of, unless it is named below: what is forgotten costs speed, not truth.
SHOWN_APPS = frozenset({"core", "treatments", "blog", "home"})
UNSEEN = frozenset({"core.user", "core.duemail", "core.wordrule", "core.siterendition", "home.searchmiss"})
#: And those of other apps that pages show.
SEEN = frozenset({"consultations.consultationquestion", "consultations.requestpolicy", "consultations.consentversion"})
#: What saving a draft changes of a page: nothing that a reader sees.
DRAFT_FIELDS = frozenset({"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "go_live_at"})


def is_shown(model: type[Model]) -> bool:
    """Whether readers can see something of a model's rows."""
    label = model._meta.label_lower
    if model._meta.app_label in SHOWN_APPS:
        return label not in UNSEEN
    return issubclass(model, SHOWN) or label in SEEN


@receiver([post_save, post_delete])
def after_saving(sender: type[Model], update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if is_shown(sender) and not (update_fields and update_fields <= DRAFT_FIELDS):
        change_on_commit()


@receiver(post_delete, sender=SiteRendition)
def after_losing_a_size(**kwargs: Any) -> None:
    """Pages name the files of a picture's sizes. A size that is made changes nothing; one that is gone does."""
    change_on_commit()


@receiver(m2m_changed)
def after_relating(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and is_shown(type(instance)):
        change_on_commit()


@receiver([page_published, page_unpublished, post_page_move])
def after_moving(**kwargs: Any) -> None:
    change_on_commit()
