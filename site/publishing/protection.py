"""Records that live medical pages show (in fields, rows or text) cannot be deleted from under them."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.models import Page, ReferenceIndex

from publishing.errors import EditorialRuleError


def pages_showing(record: Any) -> list[Any]:
    """Pages whose stored content shows a record, live or not: in a field, in a row of theirs, or cited in their text."""
    ids: set[int] = set()
    for relation in type(record)._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.one_to_many) or isinstance(relation.field, ParentalKey):
            continue
        model = relation.related_model
        found = model._default_manager.filter(**{relation.field.name: record})
        if issubclass(model, Page) and model is not Page:
            ids.update(found.values_list("pk", flat=True))
        for parent in (field for field in model._meta.fields if isinstance(field, ParentalKey)):
            ids.update(found.values_list(parent.attname, flat=True))
    if getattr(record, "is_cited_in_text", False):
        page_type = ReferenceIndex._get_base_content_type(Page).pk
        cited = ReferenceIndex.get_references_to(record).filter(base_content_type_id=page_type)
        ids.update(int(pk) for pk in cited.values_list("object_id", flat=True))
    return list(Page.objects.filter(pk__in=ids).exclude(pk=record.pk if isinstance(record, Page) else None).specific())


def approved_pages_showing(record: Any) -> list[Any]:
    """The pages on which a clinician approved what they show of a record, and readers see it."""
    return [page for page in pages_showing(record) if page.live and page.needs_approval]


def titles_of(pages: list[Any]) -> str:
    """The titles of the first few pages, for a message."""
    return ", ".join(f"“{page.title}”" for page in pages[:3]) + (" …" if len(pages) > 3 else "")


@receiver(pre_delete)
def protect(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Raises `EditorialRuleError` for a record that says of itself that live medical pages rest on it."""
    if getattr(sender, "protected_while_live", False) and (pages := approved_pages_showing(instance)):
        text = _("“%(record)s” stands on %(titles)s, which a clinician approved with it. Take it from there first.")
        raise EditorialRuleError([text % {"record": instance, "titles": titles_of(pages)}])
