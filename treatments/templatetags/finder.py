"""The situations that the finder's rules are tried on, for the preview that a clinician sees."""

from django import template

from treatments.facts import published_facts, published_scar_types
from treatments.finder import Ruling
from treatments.finder_situations import Trial, try_all
from treatments.models import FinderPage

register = template.Library()


@register.simple_tag
def finder_trials(page: FinderPage) -> list[Trial]:
    """Each situation with what the rules of this page answer."""
    return list(try_all(published_facts(), published_scar_types(), Ruling(page.rule_list(), page.pigment_from)))
