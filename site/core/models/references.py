"""Published studies and documents that pages cite."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from publishing.deletion_protection import approved_pages_showing

DOI_PATTERN = re.compile(r"^10\.\d{4,9}/\S+$")
PMID_PATTERN = re.compile(r"^\d{1,8}$")
#: The fields that readers see.
SHOWN_FIELDS = ("title", "authors", "journal", "year", "doi", "pmid", "url")


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
    checked_on = models.DateField(
        _("last checked"), null=True, blank=True, help_text=_("When somebody last looked whether it still says so and was not withdrawn.")
    )
    recheck_on = models.DateField(_("check again on"), null=True, blank=True, help_text=_("It is then listed under “What is due”."))
    note = models.CharField(_("note for staff"), max_length=255, blank=True, help_text=_("Not shown to readers."))

    panels = [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("authors"), FieldRowPanel([FieldPanel("journal"), FieldPanel("year")])],
            heading=_("What it is"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("doi"), FieldPanel("pmid")]), FieldPanel("url")], heading=_("Where to find it")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("checked_on"), FieldPanel("recheck_on")]), FieldPanel("note")], heading=_("For staff")),
    ]
    search_fields = [
        index.SearchField("title"),
        index.SearchField("authors"),
        index.AutocompleteField("title"),
        index.AutocompleteField("authors"),
        index.FilterField("year"),
    ]

    #: Approved live pages cite it, in fields and in their text, so it cannot be deleted while they do.
    protected_while_live = True
    is_cited_in_text = True

    class Meta:
        ordering = ("authors", "year", "title")
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str | Promise] = {}
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        changed = [name for name in SHOWN_FIELDS if stored is not None and getattr(stored, name) != getattr(self, name)]
        if changed and (pages := approved_pages_showing(self)):
            problems[changed[0]] = (
                _("A clinician approved “%s” with the work as it was. Add the corrected one anew, and cite that.") % pages[0].title
            )
        if self.doi and not DOI_PATTERN.match(self.doi):
            problems["doi"] = _("A DOI begins with 10. and has a slash, such as 10.1155/2010/893080. Leave out https://doi.org/.")
        if self.pmid and not PMID_PATTERN.match(self.pmid):
            problems["pmid"] = _("A PubMed number has only digits, eight at most.")
        if problems:
            raise ValidationError(problems)

    @property
    def short_name(self) -> str:
        """The first author and the year, for short citations. The title where there is no author."""
        name = self.authors.split(",")[0].rsplit(" ", 1)[0] if self.authors else self.title
        return f"{name} {self.year}" if self.year else name

    @property
    def link(self) -> str:
        """The most permanent address: the DOI, else PubMed, else the web address. May be empty."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url
