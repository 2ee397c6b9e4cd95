"""The words that mean that something must not wait for a reply, and what a patient reads then. Staff edit both."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from consultations.choices import UrgentSign
from consultations.danger_signs.reader import SignRule
from content_checks.models import check_phrases, non_empty_lines

ONE_A_LINE = _(
    "One a line. An asterisk stands for any ending (“blister*”), three dots between spaces for up to four words (“face ... droop*”)."
)
LISTS = ("words", "near", "anywhere", "harmless")


class UrgentWords(models.Model):
    """One way to say a sign. What a patient denies, asks about, tells of the past or of somebody else does not count."""

    family = models.CharField(_("sign"), max_length=12, choices=UrgentSign.choices, help_text=_("Decides what the patient reads."))
    title = models.CharField(_("title"), max_length=80, help_text=_("For you, such as “Fever after a procedure”. At most 80 characters."))
    words = models.TextField(_("words"), max_length=12000, help_text=ONE_A_LINE)
    near = models.TextField(
        _("only near"),
        max_length=12000,
        blank=True,
        help_text=_("Counts only where one of these stands within a few words, or in the sentence before or after. One a line, or empty."),
    )
    anywhere = models.TextField(
        _("only in a text about"),
        max_length=12000,
        blank=True,
        help_text=_("Counts only where one of these stands anywhere in the text, such as “filler*”. One a line, or empty."),
    )
    harmless = models.TextField(
        _("harmless beside"),
        max_length=12000,
        blank=True,
        help_text=_("Does not count where one of these stands within a few words, such as “pimple*” beside pus. One a line, or empty."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    panels = [
        MultiFieldPanel([FieldPanel("family"), FieldPanel("title"), FieldPanel("is_active")], heading=_("What it is about")),
        MultiFieldPanel([FieldPanel(name) for name in LISTS], heading=_("Words")),
    ]

    class Meta:
        ordering = ("family", "title")
        verbose_name = _("words that may be urgent")
        verbose_name_plural = _("words that may be urgent")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        check_phrases(self, LISTS)

    def rule(self) -> SignRule:
        """These words as the reader takes them."""
        lists = {name: non_empty_lines(getattr(self, name)) for name in LISTS}
        return SignRule(family=self.family, is_wish=self.family == UrgentSign.SELF_HARM, **lists)


def _advice(sign: UrgentSign, default: str | Promise) -> models.TextField:
    return models.TextField(sign.label, max_length=500, default=default, help_text=_("At most 500 characters. Numbers become links."))


@register_setting(icon="warning", order=21)
class UrgentAdvice(BaseGenericSetting):
    """What a patient reads who names a sign, instead of a promise to answer."""

    self_harm = _advice(
        UrgentSign.SELF_HARM,
        _(
            "We are glad that you wrote it down. You need not carry this alone: please call or text 988 now, the Suicide and Crisis "
            "Lifeline. Somebody answers day and night, in English and Spanish. If you are in danger this minute, or took or swallowed "
            "something, call 911. You can send us your request too: a person reads it first, once we are open."
        ),
    )
    filler = _advice(
        UrgentSign.FILLER,
        _(
            "Call 911 now, then the clinic. After a filler a blocked vessel can harm skin, sight or brain, and minutes count. "
            "Do not drive yourself."
        ),
    )
    allergy = _advice(
        UrgentSign.ALLERGY, _("Call 911 now. A swelling or trouble breathing can grow worse within minutes. Do not drive yourself.")
    )
    burn = _advice(
        UrgentSign.BURN,
        _("Phone the clinic today. Until then keep the skin clean, leave blisters closed, and use only what we recommended."),
    )
    infection = _advice(
        UrgentSign.INFECTION,
        _(
            "Phone the clinic today. With a fever of 100.4 F or more while we are closed, go to an emergency department. "
            "Do not wait for a reply."
        ),
    )
    mole = _advice(
        UrgentSign.MOLE,
        _("Phone us for a skin check soon, and say that a mole has changed. Somebody has to look at it before any scar treatment."),
    )

    reads_examples = models.BooleanField(
        _("also compare with our examples"),
        default=True,
        help_text=_(
            "Besides your words, each text is compared with about two thousand invented ones. One that resembles the dangerous ones is "
            "stopped, and one that resembles only harmless ones is not. Words that you add always count."
        ),
    )

    panels = [
        MultiFieldPanel([FieldPanel(sign.value) for sign in UrgentSign], heading=_("What a patient reads at once")),
        MultiFieldPanel([FieldPanel("reads_examples")], heading=_("What is stopped")),
    ]

    class Meta:
        verbose_name = _("what to do at once")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "UrgentAdvice":
        """The clinic's words, or the defaults. Unlike `load`, it stores nothing, because a public process must not write settings."""
        return cls._default_manager.first() or cls()

    def text_for(self, family: str) -> str:
        """What somebody reads who names a sign of this family."""
        return str(getattr(self, UrgentSign(family).value))
