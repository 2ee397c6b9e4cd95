"""The word rules, which staff maintain."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet

from content_checks.claims import claims_in, has_any

ONE_A_LINE = _(
    "One a line. An asterisk stands for any ending (“eras*”), three dots between spaces for up to four words (“safe ... all skin”)."
)


def non_empty_lines(text: str) -> tuple[str, ...]:
    """The lines of a text field, without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def check_phrases(rule: models.Model, names: Iterable[str]) -> None:
    """Raises `ValidationError` for each of these text fields with a line of asterisks or dots alone."""
    problems = {
        name: _("A line has only asterisks or dots. It would match every text.")
        for name in names
        if any(not line.replace("*", "").replace("...", "").strip() for line in non_empty_lines(getattr(rule, name)))
    }
    if problems:
        raise ValidationError(problems)


@register_snippet
class WordRule(models.Model):
    """A claim to look for, when it is harmless, and what to write instead."""

    key = models.SlugField(
        _("short name"), unique=True, help_text=_("Letters, digits and hyphens, such as painless. Shown by the command line.")
    )
    title = models.CharField(_("title"), max_length=60, help_text=_("What is wrong, in two or three words. At most 60 characters."))
    phrases = models.TextField(_("words to mark"), max_length=4000, help_text=ONE_A_LINE)
    together_with = models.TextField(
        _("only together with"),
        max_length=4000,
        blank=True,
        help_text=_("Marked only where one of these stands in the same sentence. One a line, or empty."),
    )
    harmless = models.TextField(
        _("harmless with"),
        max_length=4000,
        blank=True,
        help_text=_("A sentence with one of these is not marked. One a line. Denials and questions are never marked."),
    )
    is_disclosed_nearby = models.BooleanField(
        _("anywhere in the paragraph"),
        default=False,
        help_text=_("What makes it harmless may stand in another sentence of the same paragraph, such as a disclosure."),
    )
    advice = models.CharField(_("what to write instead"), max_length=240, help_text=_("Shown to the editor. At most 240 characters."))
    is_serious = models.BooleanField(
        _("blocks approval"), default=False, help_text=_("A page with such words is approved only with a reason, which is kept.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    panels = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("title"), FieldPanel("key")]), FieldPanel("advice")], heading=_("What it is about")),
        MultiFieldPanel(
            [FieldPanel("phrases"), FieldPanel("together_with"), FieldPanel("harmless"), FieldPanel("is_disclosed_nearby")],
            heading=_("Words"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("is_serious"), FieldPanel("is_active")])], heading=_("How strict")),
    ]

    class Meta:
        app_label = "core"
        ordering = ("title", "key")
        verbose_name = _("words to avoid")
        verbose_name_plural = _("words to avoid")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        check_phrases(self, ("phrases", "together_with", "harmless"))

    def claims_of(self, sentence: str, passage: str) -> list[str]:
        """The claims of this kind that a sentence makes. `passage` is the paragraph around the sentence."""
        required = non_empty_lines(self.together_with)
        context = passage if self.is_disclosed_nearby else sentence
        if (required and not has_any(context, required)) or has_any(context, non_empty_lines(self.harmless)):
            return []
        return list(claims_in(sentence, non_empty_lines(self.phrases)))
