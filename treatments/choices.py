"""Choices of the fields of treatments and scar types."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ScarGroup(models.TextChoices):
    """Shape of the skin's surface. Rolling scars are depressed, never raised (Jacob 2001, PMID 11423843)."""

    DEPRESSED = "depressed", _("Depressed: the skin dips")
    RAISED = "raised", _("Raised: the skin stands up")
    FLAT = "flat", _("Flat: a mark of color, not a true scar")


class Fit(models.TextChoices):
    """How well a treatment suits a scar type, best first."""

    FIRST_CHOICE = "first_choice", _("Usual option")
    HELPS = "helps", _("Can help")
    POOR_FIT = "poor_fit", _("Poor fit")
    NOT_SUITABLE = "not_suitable", _("Not suitable")

    @property
    def is_recommended(self) -> bool:
        """Whether pages may list the treatment under what helps."""
        return self in (Fit.FIRST_CHOICE, Fit.HELPS)

    @property
    def rank(self) -> int:
        """Position in the order from best (0) to worst."""
        return list(Fit).index(self)


class Evidence(models.TextChoices):
    """Quality of the studies behind a fit, strongest first."""

    STRONG = "strong", _("Many good studies")
    MODERATE = "moderate", _("Some good studies")
    LIMITED = "limited", _("Few studies")
    NONE = "none", _("No good studies")


class PigmentRisk(models.TextChoices):
    """The risk that a treatment leaves dark or light marks on darker skin."""

    LOW = "low", _("Low")
    SOME = "some", _("Some: settings and preparation matter")
    HIGHER = "higher", _("Higher: needs special care")


class Condition(models.TextChoices):
    """A health condition that readers may know of and that matters for a treatment."""

    PREGNANCY = "pregnancy", _("Pregnant or breastfeeding")
    ISOTRETINOIN = "isotretinoin", _("Isotretinoin (acne capsules) now or in the last six months")
    KELOID = "keloid", _("A keloid at any time")
    INFECTION = "infection", _("Infected or broken skin in that area")
    ACTIVE_ACNE = "active_acne", _("Active acne in that area")
    COLD_SORES = "cold_sores", _("Cold sores")
    TAN = "tan", _("A recent tan or sunburn")
    ALLERGY = "allergy", _("Severe allergies, or an allergy to lidocaine")
    BLOOD_THINNERS = "blood_thinners", _("Blood thinners")

    @property
    def short(self) -> str:
        """In a word or two, for lists."""
        return str(SHORT_CONDITIONS[self])


#: `Condition` in a word or two.
SHORT_CONDITIONS = {
    Condition.PREGNANCY: _("pregnancy"),
    Condition.ISOTRETINOIN: _("isotretinoin"),
    Condition.KELOID: _("keloids"),
    Condition.INFECTION: _("infection"),
    Condition.ACTIVE_ACNE: _("active acne"),
    Condition.COLD_SORES: _("cold sores"),
    Condition.TAN: _("tan"),
    Condition.ALLERGY: _("allergies"),
    Condition.BLOOD_THINNERS: _("blood thinners"),
}


class Severity(models.TextChoices):
    """What a condition means for a treatment, most severe first."""

    NEVER = "never", _("We don't offer it")
    WAIT = "wait", _("We wait until this clears")
    ASK = "ask", _("Tell us first")

    @property
    def short(self) -> str:
        """In a word or two, before a list of conditions."""
        return {Severity.NEVER: gettext("Not with"), Severity.WAIT: gettext("Wait"), Severity.ASK: gettext("Tell us")}[self]

    @property
    def rank(self) -> int:
        """Position in the order from most severe (0) to mildest."""
        return list(Severity).index(self)


class MonkTone(models.IntegerChoices):
    """The ten steps of the Monk Skin Tone scale, lightest first."""

    T1 = 1, _("Monk 1, lightest")
    T2 = 2, _("Monk 2, very light")
    T3 = 3, _("Monk 3, light")
    T4 = 4, _("Monk 4, light to medium")
    T5 = 5, _("Monk 5, medium")
    T6 = 6, _("Monk 6, medium to deep")
    T7 = 7, _("Monk 7, deep")
    T8 = 8, _("Monk 8, deeper")
    T9 = 9, _("Monk 9, very deep")
    T10 = 10, _("Monk 10, deepest")


class RuleEffect(models.TextChoices):
    """What the finder does with an answer, the gravest first. That a risk is absent is never an effect."""

    SEE = "see", _("See somebody first")
    WAIT = "wait", _("A reason to wait")
    TELL = "tell", _("Tell us first")
    LEAD = "lead", _("This comes first")


class RuleScope(models.TextChoices):
    """The treatments that a rule of the finder is about."""

    ALL = "all", _("All treatments")
    PROCEDURES = "procedures", _("Procedures: all but skincare")
    SKINCARE = "skincare", _("Skincare")


class PriceUnit(models.TextChoices):
    """The unit that a price is for."""

    SESSION = "session", _("a session")
    SYRINGE = "syringe", _("a syringe")
    COURSE = "course", _("a course")
    PRODUCT = "product", _("a product")


class Drawing(models.TextChoices):
    """Cross-sections of skin that the site can draw. `RECIPES` in `drawings/skin_cross_section.py` has the shape of each."""

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
