"""Facts of a treatment that are the same for every patient: sessions, downtime, pigment risk, off-label use."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from treatments.choices import PigmentRisk


class FactsMixin(models.Model):
    """Facts that are numbers, choices or single lines. Every page that states one reads it from these fields."""

    off_label_note = models.TextField(
        _("off-label disclosure"),
        max_length=400,
        blank=True,
        help_text=_("Needed where the product is used for something its label does not list. At most 400 characters."),
    )
    gravest_risk = models.CharField(
        _("the gravest risk"),
        max_length=200,
        blank=True,
        help_text=_("One sentence, however rare it is. The finder says it of an off-label treatment. At most 200 characters."),
    )
    sessions_min = models.PositiveSmallIntegerField(_("sessions, from"), null=True, blank=True)
    sessions_max = models.PositiveSmallIntegerField(_("sessions, to"), null=True, blank=True)
    weeks_between_min = models.PositiveSmallIntegerField(_("weeks between sessions, from"), null=True, blank=True)
    weeks_between_max = models.PositiveSmallIntegerField(_("weeks between sessions, to"), null=True, blank=True)
    downtime = models.CharField(
        _("downtime"), max_length=120, blank=True, help_text=_("How long until most people go about as usual. At most 120 characters.")
    )
    days_visible_min = models.PositiveSmallIntegerField(_("days one looks treated, from"), null=True, blank=True)
    days_visible_max = models.PositiveSmallIntegerField(
        _("days one looks treated, to"), null=True, blank=True, help_text=_("After each session, counted in days. 0 where nothing shows.")
    )
    downtime_source = models.CharField(
        _("source of the downtime"),
        max_length=160,
        blank=True,
        help_text=_("Where these days come from, such as “our patients' diaries, 2025” or a study. At most 160 characters."),
    )
    pigment_risk = models.CharField(_("pigment risk in darker skin"), max_length=16, choices=PigmentRisk.choices, default=PigmentRisk.SOME)
    pigment_note = models.CharField(_("note on pigment"), max_length=255, blank=True, help_text=_("At most 255 characters."))

    fact_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("sessions_min"), FieldPanel("sessions_max")]),
                FieldRowPanel([FieldPanel("weeks_between_min"), FieldPanel("weeks_between_max")]),
                FieldPanel("downtime"),
                FieldRowPanel([FieldPanel("days_visible_min"), FieldPanel("days_visible_max")]),
                FieldPanel("downtime_source"),
            ],
            heading=_("Sessions and downtime"),
        ),
        FieldPanel("gravest_risk"),
        MultiFieldPanel([FieldPanel("pigment_risk"), FieldPanel("pigment_note")], heading=_("Darker skin")),
    ]

    class Meta:
        abstract = True

    @property
    def is_off_label(self) -> bool:
        """Whether the product is used for something that its label does not list."""
        return bool(self.off_label_note)

    def clean(self) -> None:
        super().clean()
        problems = {}
        if self.sessions_min and self.sessions_max and self.sessions_max < self.sessions_min:
            problems["sessions_max"] = _("This is fewer than the number before it. Swap the two.")
        if self.weeks_between_min and self.weeks_between_max and self.weeks_between_max < self.weeks_between_min:
            problems["weeks_between_max"] = _("This is fewer than the number before it. Swap the two.")
        if self.days_visible_min and self.days_visible_max is not None and self.days_visible_max < self.days_visible_min:
            problems["days_visible_max"] = _("This is fewer than the number before it. Swap the two.")
        elif self.days_visible_min is not None and self.days_visible_max is None:
            problems["days_visible_max"] = _("Give the higher number too, or the same one again.")
        if problems:
            raise ValidationError(problems)

    @property
    def sessions_text(self) -> str:
        """Such as “3 to 5 sessions”; empty where no number is set."""
        low, high = self.sessions_min or self.sessions_max, self.sessions_max or self.sessions_min
        if not low or not high:
            return ""
        if low == high:
            return ngettext("%(count)s session", "%(count)s sessions", low) % {"count": low}
        return gettext("%(low)s to %(high)s sessions") % {"low": low, "high": high}

    @property
    def spacing_text(self) -> str:
        """Such as “4 to 6 weeks apart”; empty where no number is set."""
        low, high = self.weeks_between_min or self.weeks_between_max, self.weeks_between_max or self.weeks_between_min
        if not low or not high:
            return ""
        if low == high:
            return ngettext("%(count)s week apart", "%(count)s weeks apart", low) % {"count": low}
        return gettext("%(low)s to %(high)s weeks apart") % {"low": low, "high": high}
