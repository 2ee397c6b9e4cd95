"""A price with an expiry date, after which readers no longer see it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from common.clock import clinic_day
from treatments.choices import PriceUnit


def dollars(low: int, high: int) -> str:
    """A price or price range, such as “$1,200” or “$700 to $950”."""
    if low == high:
        return f"${low:,}"
    return gettext("%(low)s to %(high)s") % {"low": f"${low:,}", "high": f"${high:,}"}


class PriceMixin(models.Model):
    """A price or price range in whole US dollars, valid until a date."""

    price_from = models.PositiveIntegerField(_("price from"), null=True, blank=True, help_text=_("In whole dollars."))
    price_to = models.PositiveIntegerField(
        _("price to"), null=True, blank=True, help_text=_("In whole dollars. Leave it empty where there is one price only.")
    )
    price_unit = models.CharField(_("for"), max_length=16, choices=PriceUnit.choices, default=PriceUnit.SESSION)
    price_valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("From the next day on, readers no longer see this price.")
    )

    price_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("price_from"), FieldPanel("price_to")]),
            FieldRowPanel([FieldPanel("price_unit"), FieldPanel("price_valid_until")]),
        ],
        heading=_("Price"),
    )

    class Meta:
        abstract = True

    @property
    def shows_price(self) -> bool:
        """Whether readers see the price: up to and including its last day."""
        return bool(self.price_from and self.price_valid_until and self.price_valid_until >= clinic_day())

    @property
    def price_text(self) -> str:
        """Such as “$700 to $950 a syringe”; empty where no price is shown."""
        if not self.shows_price:
            return ""
        low = self.price_from or 0
        return f"{dollars(low, self.price_to or low)} {PriceUnit(self.price_unit).label}"

    def clean(self) -> None:
        super().clean()
        problems = {}
        if self.price_to is not None and self.price_from is None:
            problems["price_from"] = _("Give the lower price too.")
        elif self.price_to is not None and self.price_from is not None and self.price_to < self.price_from:
            problems["price_to"] = _("“Price to” must be higher than “Price from”.")
        if self.price_from and not self.price_valid_until:
            problems["price_valid_until"] = _("Say until when this price holds, so that no reader sees an old one.")
        elif self.price_valid_until and self.price_valid_until < clinic_day() and self._has_new_price_date():
            problems["price_valid_until"] = _("This day is past. Choose a day to come, or empty the price.")
        if problems:
            raise ValidationError(problems)

    def _has_new_price_date(self) -> bool:
        """Whether the date differs from the saved one. A saved date in the past is accepted, so that staff can edit other fields."""
        saved_date = type(self)._default_manager.filter(pk=self.pk).values_list("price_valid_until", flat=True).first() if self.pk else None
        return saved_date != self.price_valid_until
