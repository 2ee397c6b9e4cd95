"""Signal receivers: a save or deletion that changes what readers see changes the site version after its commit."""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractRendition
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from common.types import Extra
from page_cache.site_version import change_on_commit

#: Wagtail's models that readers see. A page of any app is a `Page`.
SHOWN_BASES: tuple[type[Model], ...] = (Page, Site, Locale, PageViewRestriction, Redirect, Collection, AbstractDocument)
#: Apps whose models readers see, except for `HIDDEN_MODELS`. A model that is missing there costs speed, not correctness.
SHOWN_APPS = frozenset({"core", "treatments", "blog", "home"})
HIDDEN_MODELS = frozenset(
    {"core.user", "core.accountmail", "core.codeattempts", "core.duemail", "core.wordrule", "core.siterendition", "home.searchmiss"}
)
#: Models of other apps that pages show.
SHOWN_MODELS = frozenset({
    "consultations.consultationquestion", "consultations.requestpolicy", "consultations.consentversion", "consultations.urgentadvice",
    "consultations.urgentwords",
})  # fmt: skip
#: Fields that saving a draft changes. Readers see none of them.
DRAFT_FIELDS = frozenset({"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "go_live_at"})


def is_shown(model: type[Model]) -> bool:
    """Whether readers can see data of a model."""
    label = model._meta.label_lower
    if model._meta.app_label in SHOWN_APPS:
        return label not in HIDDEN_MODELS
    return issubclass(model, SHOWN_BASES) or label in SHOWN_MODELS


@receiver([post_save, post_delete])
def invalidate_on_save(sender: type[Model], update_fields: frozenset[str] | None = None, **kwargs: Extra) -> None:
    if is_shown(sender) and not (update_fields and update_fields <= DRAFT_FIELDS):
        change_on_commit()


@receiver(post_delete)
def invalidate_on_rendition_delete(sender: type[Model], **kwargs: Extra) -> None:
    """Cached pages contain the URLs of renditions, so a deletion must invalidate them. A new rendition changes nothing."""
    if issubclass(sender, AbstractRendition):
        change_on_commit()


@receiver(m2m_changed)
def invalidate_on_m2m_change(instance: Model, action: str, **kwargs: Extra) -> None:
    if action.startswith("post_") and is_shown(type(instance)):
        change_on_commit()


@receiver([page_published, page_unpublished, post_page_move])
def invalidate_on_publish_or_move(**kwargs: Extra) -> None:
    change_on_commit()
