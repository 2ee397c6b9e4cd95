"""Search words that staff set, and searches without results."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page

from common.text import split_commas


class SearchWord(models.Model):
    """Words that readers type, with the page that should come first or a synonym to search for too."""

    title = models.CharField(
        _("what people type"), max_length=240,
        help_text=_("Words and short phrases, separated by commas, such as: acne holes, dents. Misspellings are understood anyway."),
    )  # fmt: skip
    page = models.ForeignKey(
        Page, verbose_name=_("page that comes first"), null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        help_text=_("Stands at the top of the results."),
    )  # fmt: skip
    means = models.CharField(
        _("search for this too"), max_length=80, blank=True,
        help_text=_("Another word for the same thing, such as isotretinoin for Accutane. At most 80 characters."),
    )  # fmt: skip

    panels = [
        FieldPanel("title"),
        MultiFieldPanel([PageChooserPanel("page"), FieldPanel("means")], heading=_("Leads to")),
    ]

    class Meta:
        ordering = ("title",)
        verbose_name = _("search word")
        verbose_name_plural = _("search words")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        problems = {}
        if not self.phrases:
            problems["title"] = _("Write at least one word.")
        if self.page_id is None and not self.means.strip():
            problems["page"] = _("Choose a page, or say what to search for too.")
        if problems:
            raise ValidationError(problems)

    @property
    def phrases(self) -> list[str]:
        """The words and phrases in `title`, one by one."""
        return split_commas(self.title)


class SearchMiss(models.Model):
    """A search without results. Its text is stored only after it came on several days, never after a single visit."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    text = models.CharField(_("looked for"), max_length=40, blank=True, editable=False)
    days = models.PositiveIntegerField(_("on days"), default=1, editable=False)
    last_day = models.DateField(_("last"), editable=False)

    class Meta:
        ordering = ("-days", "-last_day")
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")

    def __str__(self) -> str:
        return self.text or "…"
