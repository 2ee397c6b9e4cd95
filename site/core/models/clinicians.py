"""Clinicians: whom patients meet, and who write and review pages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin
from wagtail.snippets.models import register_snippet

from common.types import Extra
from core.fields import PlainTextField
from publishing.errors import EditorialRuleError

TEAM_PATH = "/team/"


class ClinicianQuerySet(SearchableQuerySetMixin, models.QuerySet["Clinician"]):
    """Queries over clinicians."""

    def shown(self) -> "ClinicianQuerySet":
        """Those who have a public page."""
        return self.filter(is_shown=True)


@register_snippet
class Clinician(index.Indexed, models.Model):
    """A doctor, nurse or other member of the clinic's staff whom readers may see."""

    name = models.CharField(_("name"), max_length=120, help_text=_("As patients know this person. At most 120 characters."))
    slug = models.SlugField(_("web address"), unique=True, help_text=_("The last part of the page's address: letters, digits and hyphens."))
    credentials = models.CharField(_("credentials"), max_length=60, blank=True, help_text=_("Such as MD, FAAD."))
    role = models.CharField(_("job"), max_length=80, help_text=_("Such as Dermatologist."))
    biography = PlainTextField(_("about this person"), blank=True, help_text=_("Two or three short paragraphs."))
    devices = models.CharField(
        _("what this person does"),
        max_length=200,
        blank=True,
        help_text=_("Which devices, peels or injections this person holds in the hand. At most 200 characters."),
    )
    tones = models.CharField(
        _("experience with skin tones"),
        max_length=200,
        blank=True,
        help_text=_("With which tones, and for how long. Say only what you can show. At most 200 characters."),
    )
    supervision = models.CharField(
        _("supervision"),
        max_length=200,
        blank=True,
        help_text=_("Who is answerable, and where that person is meanwhile. At most 200 characters."),
    )
    languages = models.CharField(_("languages spoken"), max_length=120, blank=True, help_text=_("Separated by commas."))
    photo = models.ForeignKey(
        "core.SiteImage", verbose_name=_("portrait"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=100, help_text=_("Low numbers come first."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="clinician",
        help_text=_("The account with which this person signs in. It lets a clinician approve medical pages under this name."),
    )
    is_shown = models.BooleanField(_("has a public page"), default=True)
    is_sample = models.BooleanField(
        _("sample person"), default=False, help_text=_("Says on the page that this person is made up for the sample site.")
    )

    #: Live pages show this clinician as their author, so an entry cannot be deleted while they do.
    protected_while_live = True

    objects = ClinicianQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldRowPanel([FieldPanel("credentials"), FieldPanel("role")]), FieldPanel("languages")],
            heading=_("Who this is"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("devices", "tones", "supervision")], heading=_("Who treats patients")),
        FieldPanel("photo"),
        FieldPanel("biography"),
        MultiFieldPanel(
            [FieldPanel("slug"), FieldRowPanel([FieldPanel("sort_order"), FieldPanel("is_shown")]), FieldPanel("is_sample")],
            heading=_("On the site"),
        ),
        FieldPanel("user", permission="core.link_clinician"),
    ]
    search_fields = [
        index.SearchField("name", boost=3),
        index.SearchField("role"),
        index.SearchField("biography"),
        index.SearchField("languages"),
        index.AutocompleteField("name"),
        index.FilterField("is_shown"),
    ]

    class Meta:
        ordering = ("sort_order", "name")
        permissions = [("link_clinician", "Can say which account is a clinician's")]
        verbose_name = _("clinician")
        verbose_name_plural = _("clinicians")

    def __str__(self) -> str:
        return self.display_name

    def delete(self, *args: Extra, **kwargs: Extra) -> tuple[int, dict[str, int]]:
        """Raises `EditorialRuleError` for a clinician who approved pages, since those approvals show the name."""
        if self.approvals.exists():
            raise EditorialRuleError([_("%s approved pages, so this entry stays. Untick “has a public page” to hide it.") % self])
        return super().delete(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The path of this clinician's page, below the team page, which has a fixed path."""
        return f"{TEAM_PATH}{self.slug}/"

    @property
    def display_name(self) -> str:
        """The name with the credentials, such as “Jane Doe, MD”."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
