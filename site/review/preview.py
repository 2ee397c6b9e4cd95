"""Findings in previews: an attribute marks each paragraph with findings, and Wagtail's checks panel lists them."""

from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.userbar import ContentCheckerItem

from common.types import JSONObject
from content_checks.checker import LONG_SENTENCE, ContentChecker, ReadingLimits, active_rules
from content_checks.passages import TEXT_ELEMENTS

ATTRIBUTE = "data-words"
#: Parts of a page that quote or repeat other texts and make no claims of their own.
EXCLUDED_SELECTOR = ".references, .review-box, .contents, .breadcrumbs, nav, footer, header.site-header"


def mark_findings(html: str, limits: ReadingLimits) -> str:
    """The HTML of a preview. The `data-words` attribute of a paragraph lists the rules that it breaks, separated by spaces."""
    soup = BeautifulSoup(html, "html.parser")
    main = soup.find("main")
    if main is None:
        return html
    checker = ContentChecker(limits)
    excluded = {id(element) for outer in main.select(EXCLUDED_SELECTOR) for element in [outer, *outer.find_all(True)]}
    for element in main.find_all([*TEXT_ELEMENTS, "h1"]):
        if id(element) in excluded or element.find(TEXT_ELEMENTS):
            continue
        rules = sorted({finding.rule for finding in checker.check(element.get_text())})
        if rules:
            element[ATTRIBUTE] = " ".join(rules)
    return str(soup)


class ContentRulesChecker(ContentCheckerItem):
    """Wagtail's own checks together with the clinic's word rules."""

    @cached_property
    def word_rules(self) -> list[tuple[str, str, str]]:
        """Key, title and advice of each rule. Cached, because all four methods below need them."""
        rules = [(rule.key, rule.title, rule.advice) for rule in active_rules()]
        return [*rules, (LONG_SENTENCE, _("Long sentence"), _("Make two sentences of it."))]

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        return [*super().get_axe_run_only(request), *(f"words-{key}" for key, _title, _advice in self.word_rules)]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[JSONObject]:
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

    def get_axe_custom_checks(self, request: HttpRequest) -> list[JSONObject]:
        # The selector of a rule already matches only elements with a finding, so this check must fail for each: none has the attribute.
        check = {"id": "words-accepted", "evaluate": "attr-non-space-content-evaluate", "options": {"attribute": "data-words-accepted"}}
        return [*super().get_axe_custom_checks(request), check]

    def get_axe_messages(self, request: HttpRequest) -> JSONObject:
        messages = {f"words-{key}": {"error_name": title, "help_text": advice} for key, title, advice in self.word_rules}
        return {**super().get_axe_messages(request), **messages}
