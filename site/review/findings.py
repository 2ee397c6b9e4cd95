"""All findings of a page: claims, readability, structure, and the checks of other apps."""

from wagtail import hooks

from common.types import SpecificPage
from content_checks.checker import ContentChecker, Finding, ReadingLimits
from content_checks.passages import passages_of
from content_checks.structure import heading_jumps, missing_alt_text

#: Hook with which apps add checks of medical pages: `hook(page) -> Iterable[Finding]`.
CONTENT_CHECK_HOOK = "register_content_check"


def findings_for(page: SpecificPage, limits: ReadingLimits) -> list[Finding]:
    """The findings of a page as it is in memory, serious ones first."""
    checker = ContentChecker(limits)
    passages = list(passages_of(page))
    findings = [finding for where, passage in passages for finding in checker.check(passage, where)]
    findings += checker.check_reading(passage for _where, passage in passages)
    findings += [*heading_jumps(page), *missing_alt_text(page)]
    if getattr(page, "needs_approval", False):
        findings += [finding for check in hooks.get_hooks(CONTENT_CHECK_HOOK) for finding in check(page)]
    return sorted(findings, key=lambda finding: not finding.is_serious)
