"""Published works that the pages rest on."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

DOI_PATTERN = re.compile(r"^10\.\d{4,9}/\S+$")
PMID_PATTERN = re.compile(r"^\d{1,8}$")


@register_snippet
class Reference(index.Indexed, models.Model):
    """A study, guideline or official document, entered once and cited on many pages."""

    title = models.CharField(_("title"), max_length=300, help_text=_("The title of the study or document."))
    authors = models.CharField(_("authors"), max_length=255, blank=True, help_text=_("As in the journal: Jacob CI, Dover JS, Kaminer MS."))
    journal = models.CharField(_("journal or publisher"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("The year it was published."))
    doi = models.CharField(
        _("DOI"), max_length=120, blank=True, help_text=_("Begins with 10. and has a slash, such as 10.1155/2010/893080.")
    )
    pmid = models.CharField(_("PubMed number"), max_length=8, blank=True, help_text=_("Digits only, such as 11423843."))
    url = models.URLField(_("web address"), blank=True, help_text=_("Only where there is neither a DOI nor a PubMed number."))
    note = models.CharField(_("note for staff"), max_length=255, blank=True, help_text=_("Not shown to readers."))

    panels = [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("authors"), FieldRowPanel([FieldPanel("journal"), FieldPanel("year")])],
            heading=_("What it is"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("doi"), FieldPanel("pmid")]), FieldPanel("url")], heading=_("Where to find it")),
        FieldPanel("note"),
    ]
    search_fields = [
        index.SearchField("title"),
        index.SearchField("authors"),
        index.AutocompleteField("title"),
        index.AutocompleteField("authors"),
        index.FilterField("year"),
    ]

    class Meta:
        ordering = ("authors", "year", "title")
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    def clean(self) -> None:
        super().clean()
        problems = {}
        if self.doi and not DOI_PATTERN.match(self.doi):
            problems["doi"] = _("A DOI begins with 10. and has a slash, such as 10.1155/2010/893080. Leave out https://doi.org/.")
        if self.pmid and not PMID_PATTERN.match(self.pmid):
            problems["pmid"] = _("A PubMed number has only digits, eight at most.")
        if problems:
            raise ValidationError(problems)

    @property
    def link(self) -> str:
        """The most lasting address of the work, or an empty string."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url
