"""Marks for the checks panel: in a preview, each paragraph with something to change says so in an attribute."""

from typing import Any

from bs4 import BeautifulSoup
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.userbar import ContentCheckerItem

from content_checks.checker import LONG_SENTENCE, ContentChecker, ReadingLimits, active_rules
from content_checks.passages import TEXT_ELEMENTS

ATTRIBUTE = "data-words"
#: Parts of a page that quote or repeat, and are nobody's claim.
EXCLUDED_SELECTOR = ".references, .review-box, .contents, .breadcrumbs, nav, footer, header.site-header"


def mark_findings(html: str, limits: ReadingLimits) -> str:
    """The preview's page with the rules that each paragraph breaks in its `data-words` attribute."""
    soup = BeautifulSoup(html, "html.parser")
    main = soup.find("main")
    if main is None:
        return html
    checker = ContentChecker(limits)
    left_out = {id(element) for outer in main.select(EXCLUDED_SELECTOR) for element in [outer, *outer.find_all(True)]}
    for element in main.find_all([*TEXT_ELEMENTS, "h1"]):
        if id(element) in left_out or element.find(TEXT_ELEMENTS):
            continue
        rules = sorted({finding.rule for finding in checker.check(element.get_text())})
        if rules:
            element[ATTRIBUTE] = " ".join(rules)
    return str(soup)


class ContentRulesChecker(ContentCheckerItem):
    """Wagtail's own checks, and the clinic's list of words beside them."""

    @cached_property
    def word_rules(self) -> list[tuple[str, str, str]]:
        """Key, title and advice of each rule, read once for the four questions that Wagtail asks."""
        rules = [(rule.key, rule.title, rule.advice) for rule in active_rules()]
        return [*rules, (LONG_SENTENCE, _("Long sentence"), _("Make two sentences of it."))]

    def get_axe_run_only(self, request: Any) -> list[str]:
        return [*super().get_axe_run_only(request), *(f"words-{key}" for key, _title, _advice in self.word_rules)]

    def get_axe_custom_rules(self, request: Any) -> list[dict[str, Any]]:
        rules = [
            {
                "id": f"words-{key}",
                "impact": "serious",
                "selector": f'[{ATTRIBUTE}~="{key}"]',
                "tags": ["best-practice"],
                "any": ["words-accepted"],
                "enabled": True,
            }
            for key, _title, _advice in self.word_rules
        ]
        return [*super().get_axe_custom_rules(request), *rules]

    def get_axe_custom_checks(self, request: Any) -> list[dict[str, Any]]:
        # A check of Axe's own that fails for every element without this attribute, and none has it: the selector has decided.
        check = {"id": "words-accepted", "evaluate": "attr-non-space-content-evaluate", "options": {"attribute": "data-words-accepted"}}
        return [*super().get_axe_custom_checks(request), check]

    def get_axe_messages(self, request: Any) -> dict[str, Any]:
        messages = {f"words-{key}": {"error_name": title, "help_text": advice} for key, title, advice in self.word_rules}
        return {**super().get_axe_messages(request), **messages}
