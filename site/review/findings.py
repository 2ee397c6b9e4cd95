"""Everything to change on a page: claims, hard reading, structure, and what other apps check."""

from typing import Any

from wagtail import hooks

from content_checks.checker import ContentChecker, Finding, ReadingLimits
from content_checks.passages import passages_of
from content_checks.structure import heading_jumps, missing_alternatives

#: Apps add checks of medical pages by this hook: `hook(page) -> Iterable[Finding]`.
CONTENT_CHECK_HOOK = "register_content_check"


def findings_for(page: Any, limits: ReadingLimits) -> list[Finding]:
    """Everything to change on a page as it is in memory, serious things first."""
    checker = ContentChecker(limits)
    passages = list(passages_of(page))
    findings = [finding for where, passage in passages for finding in checker.check(passage, where)]
    findings += checker.check_reading(passage for _where, passage in passages)
    findings += [*heading_jumps(page), *missing_alternatives(page)]
    if getattr(page, "needs_approval", False):
        findings += [finding for check in hooks.get_hooks(CONTENT_CHECK_HOOK) for finding in check(page)]
    return sorted(findings, key=lambda finding: not finding.is_serious)
