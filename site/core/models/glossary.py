"""Medical terms that are explained within the text of pages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from common.text import split_commas


@register_snippet
class GlossaryTerm(models.Model):
    """A word or short phrase and its meaning.

    Only clinicians and the site manager may edit terms, since meanings appear on approved pages without an approval of their own.
    """

    term = models.CharField(
        _("word"), max_length=60, unique=True, help_text=_("As it stands in a text, such as dermis. At most 60 characters.")
    )
    other_forms = models.CharField(
        _("other forms"), max_length=120, blank=True, help_text=_("Separated by commas, such as: dermal, dermises. At most 120 characters.")
    )
    meaning = models.TextField(
        _("what it means"), max_length=240,
        help_text=_("One or two plain sentences. Readers see them when they touch the word. At most 240 characters."),
    )  # fmt: skip

    panels = [FieldPanel("term"), FieldPanel("other_forms"), FieldPanel("meaning")]

    class Meta:
        ordering = ("term",)
        verbose_name = _("glossary word")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        taken = {form.lower() for other in GlossaryTerm.objects.exclude(pk=self.pk) for form in other.forms}
        if duplicates := [form for form in self.forms if form.lower() in taken]:
            raise ValidationError({"other_forms": _("Another entry explains “%s” already.") % duplicates[0]})

    @property
    def forms(self) -> list[str]:
        """The word and its other forms."""
        return [form for form in (self.term.strip(), *split_commas(self.other_forms)) if form]
