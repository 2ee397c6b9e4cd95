"""The people of the clinic, as pages list them."""

from core.models import Clinician
from core.renditions import with_renditions
from core.site_version import kept


@kept
def shown_people() -> list[Clinician]:
    """Everybody who has a public page, with their portraits."""
    people = list(Clinician.objects.shown().select_related("photo"))
    with_renditions(person.photo for person in people)
    return people
