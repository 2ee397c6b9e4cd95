from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet


@register_snippet
class Topic(index.Indexed, models.Model):
    """A topic of articles. Readers can list all articles of one topic."""

    title = models.CharField(_("title"), max_length=60, help_text=_("At most 60 characters."))
    slug = models.SlugField(
        _("web address"), unique=True, help_text=_("The last part of the topic's address: letters, digits and hyphens.")
    )
    description = models.CharField(_("description"), max_length=200, blank=True, help_text=_("One sentence. At most 200 characters."))
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=100, help_text=_("Low numbers come first."))

    #: Live articles show its title.
    protected_while_live = True

    panels = [FieldPanel("title"), FieldPanel("description"), FieldPanel("slug"), FieldPanel("sort_order")]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ("sort_order", "title")
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.title
