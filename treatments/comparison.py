"""Treatments side by side: what each row says of each, what patients ask for first on top."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from django.utils.translation import gettext as _

from treatments.choices import Condition, Severity
from treatments.facts import Facts
from treatments.models import ScarTypePage, TreatmentPage


class Line(NamedTuple):
    """One line of a cell. `fit` is the value of a fit, which gives the line its color."""

    text: str
    fit: str = ""


Row: TypeAlias = tuple[str, list[tuple[TreatmentPage, list[Line]]]]


def comparison_rows(chosen: Sequence[Facts], scars: Iterable[ScarTypePage]) -> list[Row]:
    """A row for each fact and each scar type of which one of the treatments says something."""
    rows: list[tuple[str, Callable[[Facts], list[Line]]]] = [
        (_("Price"), price),
        (_("Visible downtime"), days),
        (_("Sessions"), sessions),
        *((scar.title, lambda facts, scar=scar: fit(facts, scar)) for scar in scars),
        (_("Dark marks on darker skin"), pigment),
        (_("Wait, or tell us first"), cautions),
        (_("Off-label use"), lambda facts: lines(facts.treatment.off_label_note)),
    ]
    built = [(title, [(facts.treatment, cell(facts)) for facts in chosen]) for title, cell in rows]
    return [(title, cells) for title, cells in built if any(found for _treatment, found in cells)]


def lines(*texts: str) -> list[Line]:
    """The texts that are not empty, a line each."""
    return [Line(text) for text in texts if text]


def price(facts: Facts) -> list[Line]:
    """Of a whole course first, since that is what one pays."""
    course, example = facts.treatment.course_price_text, facts.treatment.example_price_text
    total = _("%(total)s in all") % {"total": course} if course else ""
    return lines(total, facts.treatment.price_text, _("As an example, %(example)s") % {"example": example} if example else "")


def days(facts: Facts) -> list[Line]:
    """How many days one looks treated, and what that looks like."""
    return lines(facts.treatment.days_text, facts.treatment.downtime)


def sessions(facts: Facts) -> list[Line]:
    """How many, and how far apart."""
    return lines(facts.treatment.sessions_text, facts.treatment.spacing_text)


def fit(facts: Facts, scar: ScarTypePage) -> list[Line]:
    """How well it suits a scar type, and how well that was studied."""
    found = facts.fit_for(scar)
    if found is None:
        return [Line(_("Not rated"))]
    note = [Line(_("in selected cases"))] if found.is_selected_cases else []
    return [Line(found.get_fit_display(), found.fit), *note, Line(found.get_evidence_display())]


def pigment(facts: Facts) -> list[Line]:
    """The risk for darker skin."""
    return lines(facts.treatment.get_pigment_risk_display(), facts.treatment.pigment_note)


def cautions(facts: Facts) -> list[Line]:
    """What speaks against it, by how much, each in a few words."""
    grouped = groupby(facts.cautions, key=lambda caution: caution.severity)
    return [
        Line(f"{Severity(severity).short}: {', '.join(Condition(caution.condition).short for caution in members)}")
        for severity, members in grouped
    ]
