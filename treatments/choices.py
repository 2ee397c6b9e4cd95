"""The fixed vocabularies of treatments and scars."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScarGroup(models.TextChoices):
    """What the skin's surface does. Rolling scars are depressed, never raised (Jacob 2001, PMID 11423843)."""

    DEPRESSED = "depressed", _("Depressed: the skin dips")
    RAISED = "raised", _("Raised: the skin stands up")
    FLAT = "flat", _("Flat: a mark of colour, not a true scar")


class Fit(models.TextChoices):
    """How well a treatment suits a scar type, best first."""

    FIRST_CHOICE = "first_choice", _("First choice")
    HELPS = "helps", _("Can help")
    POOR_FIT = "poor_fit", _("Poor fit")
    NOT_SUITABLE = "not_suitable", _("Not suitable")

    @property
    def is_recommended(self) -> bool:
        """Whether a page may name this treatment among what helps."""
        return self in (Fit.FIRST_CHOICE, Fit.HELPS)

    @property
    def rank(self) -> int:
        """Place in the order from best to worst."""
        return list(Fit).index(self)


class Evidence(models.TextChoices):
    """How good the studies behind a fit are."""

    STRONG = "strong", _("Strong evidence")
    MODERATE = "moderate", _("Moderate evidence")
    LIMITED = "limited", _("Limited evidence")
    NONE = "none", _("No good evidence")


class PigmentRisk(models.TextChoices):
    """The risk that a treatment darkens or lightens skin with more pigment."""

    LOW = "low", _("Low")
    SOME = "some", _("Some: settings and preparation matter")
    HIGHER = "higher", _("Higher: needs special care")


class PriceUnit(models.TextChoices):
    """What a price buys."""

    SESSION = "session", _("a session")
    SYRINGE = "syringe", _("a syringe")
    COURSE = "course", _("a course")
    PRODUCT = "product", _("a product")


class Drawing(models.TextChoices):
    """The cross-sections of skin that the site can draw."""

    ICE_PICK = "ice_pick", _("Ice-pick scar")
    BOXCAR = "boxcar", _("Boxcar scar")
    ROLLING = "rolling", _("Rolling scar")
    HYPERTROPHIC = "hypertrophic", _("Hypertrophic scar")
    KELOID = "keloid", _("Keloid")
    RED_MARK = "red_mark", _("Red mark")
    BROWN_MARK = "brown_mark", _("Brown mark")
    LASER = "laser", _("Laser columns into the dermis")
    PEEL = "peel", _("Depths of a chemical peel")
    MICRODERMABRASION = "microdermabrasion", _("Thin top layer abraded")
    SKINCARE = "skincare", _("Skincare on the surface")
    FILLER = "filler", _("Filler below a rolling scar")
    HEALTHY = "healthy", _("Healthy skin")
