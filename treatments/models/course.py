"""What a whole course of a treatment asks of a patient: money, and days on which it shows."""

from django.utils.translation import gettext, ngettext

from treatments.choices import PigmentRisk, PriceUnit
from treatments.models.fact_fields import FactsMixin
from treatments.models.pricing import PriceMixin, dollars


class CourseMixin(FactsMixin, PriceMixin):
    """Facts that follow from sessions and price. Nobody enters them, so they cannot contradict either."""

    class Meta:
        abstract = True

    @property
    def course_price_text(self) -> str:
        """Such as “$2,700 to $7,000”: of all sessions. Empty where no price is shown, or where it does not depend on sessions."""
        if not self.shows_price or self.price_from is None:
            return ""
        low, high = self.price_from, self.price_to or self.price_from
        if self.price_unit == PriceUnit.SESSION:
            if not self.sessions_min and not self.sessions_max:
                return ""
            low *= self.sessions_min or self.sessions_max or 1
            high *= self.sessions_max or self.sessions_min or 1
        elif self.price_unit != PriceUnit.COURSE:
            return ""
        return dollars(low, high)

    @property
    def example_price_text(self) -> str:
        """Such as “$1,400 to $1,900 for two syringes”, where the total depends on how many the plan needs. Else empty."""
        if not self.shows_price or self.price_from is None or self.price_unit != PriceUnit.SYRINGE:
            return ""
        low, high = self.price_from, self.price_to or self.price_from
        return gettext("%(total)s for two syringes") % {"total": dollars(2 * low, 2 * high)}

    @property
    def days_text(self) -> str:
        """Such as “3 to 7 days”: how long one looks treated after each session. Empty where no number is set."""
        if self.days_visible_max is None:
            return ""
        low = self.days_visible_min if self.days_visible_min is not None else self.days_visible_max
        if low == self.days_visible_max:
            return ngettext("%(count)s day", "%(count)s days", low) % {"count": low}
        return gettext("%(low)s to %(high)s days") % {"low": low, "high": self.days_visible_max}

    @property
    def pigment_word(self) -> str:
        """The pigment risk in one word, such as “Some”."""
        return str(PigmentRisk(self.pigment_risk).label).partition(":")[0]

    @property
    def headline_facts(self) -> list[tuple[str, str]]:
        """Names and values of the three facts that patients ask for first."""
        cost = self.course_price_text or self.price_text
        facts = [
            (gettext("Whole course") if self.course_price_text else gettext("Price"), cost),
            (gettext("Visible downtime"), self.days_text),
            (gettext("Risk of dark marks"), self.pigment_word),
        ]
        return [(name, value) for name, value in facts if value]
