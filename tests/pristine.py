"""Caching between tests, for as long as nothing has changed: most tests read the prepared clinic and write nothing.

Outside tests a version of the site names the state of everything readers see, and each change gives it another name. Here the
prepared clinic is that state. Every test starts from it, because what the test before wrote was rolled back. So fragments and
memos that one test filled are right for the next one, until that one writes something itself: then nothing is cached any more.
"""

import re
import threading
from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created

from page_cache.site_version import VersionStore, VersionUnavailableError

#: Tables that no reader sees anything of, though nearly every test writes to them.
UNSEEN = re.compile(
    r'^\s*(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM)\s+"(?:core_user|core_user_groups|django_session|axes_\w+|'
    r"account_\w+|mfa_\w+|consultations_(?!consultationpage|consultationquestion|requestpolicy|consentversion)\w+|home_searchmiss|"
    r'wagtailusers_\w+|wagtailcore_\w*logentry|wagtailcore_pagelogentry)"',
    re.IGNORECASE,
)
WRITES = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE|PRAGMA writable)", re.IGNORECASE)


class PristineVersionStore(VersionStore):
    """One version for the prepared clinic, and none once a test has written something that readers see."""

    is_enabled = True
    is_pristine = True

    def current(self) -> str:
        if not (self.is_enabled and self.is_pristine):
            raise VersionUnavailableError
        return "the prepared clinic"

    def change(self) -> None:
        self.is_pristine = False


store = PristineVersionStore()


def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Notes the first statement of a test that changes what readers see."""
    if store.is_pristine and WRITES.match(sql) and not UNSEEN.match(sql):
        store.is_pristine = False
    return execute(sql, params, many, context)


def watch_connection(connection: Any) -> None:
    """Every statement of a connection passes `watch`."""
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def watch_later_connections(**kwargs: Any) -> None:
    """Threads have connections of their own."""
    if threading.current_thread() is not threading.main_thread():
        watch_connection(kwargs["connection"])


connection_created.connect(watch_later_connections)
