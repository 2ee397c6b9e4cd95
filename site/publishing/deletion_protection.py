"""Protects records that live medical pages show (in fields, child rows or text) from deletion."""

from django.db.models import ManyToOneRel, Model
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex

from common.types import Extra, SpecificPage
from publishing.errors import EditorialRuleError


def pages_showing(instance: Model) -> list[SpecificPage]:
    """Pages whose stored content shows this object, live or not: in a field, in a child row, or cited in the text."""
    ids: set[int] = set()
    for relation in type(instance)._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or not relation.one_to_many or isinstance(relation.field, ParentalKey):
            continue
        model = relation.related_model
        rows = model._default_manager.filter(**{relation.field.name: instance})
        if issubclass(model, Page) and model is not Page:
            ids.update(rows.values_list("pk", flat=True))
        for parent in (field for field in model._meta.fields if isinstance(field, ParentalKey)):
            ids.update(rows.values_list(parent.attname, flat=True))
    if getattr(instance, "is_cited_in_text", False) or isinstance(instance, AbstractDocument):
        page_type = ReferenceIndex._get_base_content_type(Page).pk
        citations = ReferenceIndex.get_references_to(instance).filter(base_content_type_id=page_type)
        ids.update(int(pk) for pk in citations.values_list("object_id", flat=True))
    return list(Page.objects.filter(pk__in=ids).exclude(pk=instance.pk if isinstance(instance, Page) else None).specific())


def approved_pages_showing(instance: Model) -> list[SpecificPage]:
    """Live pages that show this object and need a clinician's approval."""
    return [page for page in pages_showing(instance) if page.live and page.needs_approval]


def titles_of(pages: list[Page]) -> str:
    """The titles of the first few pages, for a message."""
    return ", ".join(f"“{page.title}”" for page in pages[:3]) + (" …" if len(pages) > 3 else "")


@receiver(pre_delete)
def protect(sender: type[Model], instance: Model, **kwargs: Extra) -> None:
    """Raise `EditorialRuleError` where live medical pages show an object of a model with `protected_while_live`."""
    if getattr(sender, "protected_while_live", False) and (pages := approved_pages_showing(instance)):
        text = _("“%(record)s” stands on %(titles)s, which a clinician approved with it. Take it from there first.")
        raise EditorialRuleError([text % {"record": instance, "titles": titles_of(pages)}])
