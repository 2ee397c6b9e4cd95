"""Documents that approved pages show: they are neither replaced nor deleted, since a clinician approved the pages with them."""

from django.db.models import Model
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import BaseDocumentForm

from common.types import Extra
from publishing.deletion_protection import approved_pages_showing, titles_of
from publishing.errors import EditorialRuleError


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for a document, which refuses another file for one that an approved page shows."""

    def clean(self) -> dict[str, Extra]:
        cleaned: dict[str, Extra] = super().clean()
        if self.instance.pk and "file" in self.changed_data and (pages := approved_pages_showing(self.instance)):
            text = _("A clinician approved this document on %s. Upload the new one as a document of its own, and choose it on the page.")
            self.add_error("file", text % titles_of(pages))
        return cleaned


@receiver(pre_delete)
def refuse_deleting_approved(sender: type[Model], instance: Model, **kwargs: Extra) -> None:
    """Raises `EditorialRuleError` where a live medical page was approved with this document."""
    if sender is get_document_model() and (pages := approved_pages_showing(instance)):
        text = _("This document stands on %s, which a clinician approved with it. Take it from the page first.")
        raise EditorialRuleError([text % titles_of(pages)])
