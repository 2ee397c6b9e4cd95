"""A site that was filled by the release before upgrades with `migrate` alone: same tables, same rows, same proofs, same words."""

import base64
import json
import lzma
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests import prepared

DATA = Path(__file__).parent / "data"
SECRET_KEY = "upgrade-test-only-" + "not-a-secret-" * 4
PRIVATE_KEY = "alluraderm-private-key:" + base64.b64encode(b"a key for the upgrade test only!").decode()
#: Tables that Django itself fills while it migrates, and models that got another name in code.
SEARCH_INDEX = "wagtailsearch_indexentry"
WRITTEN_BY_MIGRATE = {"django_migrations", "django_content_type", "sqlite_sequence"}
NEW_TABLES = {
    "core_accountmail",
    "core_codeattempts",
    "consultations_urgentadvice",
    "consultations_urgentwords",
    "treatments_aftercarepage",
    "treatments_finderpage",
}
#: Their hashes of receipt codes are hashed again.
HASHED_AGAIN = {"consultations_consultationrequest", "consultations_destruction"}
RENAMED_MODELS = {
    "accessrecord": "accesslogentry",
    "recordhead": "accessloghead",
    "notice": "outgoingmail",
    "destruction": "deletioncertificate",
}
COMMANDS = ("migrate --verbosity=0", "migrate --check", "verify_approvals", "verify_access_record", "consultation_key check")
#: Pages that speak in the site's own words.
OWN_WORDS: frozenset[str] = frozenset({"/treatments/finder/", "/treatments/compare/", "/consultation/receipt/", "/no-such-page/"})

#: What is left of a tag between a word and its comma.
SPACE_BEFORE = re.compile(r" (?=[.,;:)])")

pytestmark = pytest.mark.xdist_group("upgrade")


@dataclass
class OldSite:
    """The site of the release before, migrated by this one."""

    #: What the release before answered at each address, and when.
    old_pages: dict[str, Any]
    old_rows: dict[str, list[str]]
    rows: dict[str, list[str]]
    #: What each of `COMMANDS` said.
    outputs: dict[str, str]
    pages: dict[str, Any]


def run_upgrade(environment: dict[str, str], **asked: Any) -> dict[str, Any]:
    """What the new release says and answers, from a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("upgrade_site.py"))]
    done = subprocess.run(
        command, cwd=prepared.PROJECT, env=environment, input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return dict(json.loads(done.stdout))


def rows_of(database: str, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Every table with its rows, in an order that does not depend on the database. Fills `columns` where a table is not in it yet."""
    if database.startswith("postgres"):
        import psycopg

        with psycopg.connect(database) as connection:
            return read_rows(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", columns)
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as embedded:
        return read_rows(embedded, "SELECT name FROM sqlite_master WHERE type = 'table'", columns)


def read_rows(connection: Any, tables: str, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    rows = {}
    for (name,) in connection.execute(tables).fetchall():
        if name not in columns:
            columns[name] = [column[0] for column in connection.execute(f'SELECT * FROM "{name}" LIMIT 0').description]
        quoted = ", ".join(f'"{column}"' for column in columns[name])
        rows[name] = sorted(map(repr, connection.execute(f'SELECT {quoted} FROM "{name}"').fetchall()))
    return rows


def unpacked(name: str) -> bytes:
    return lzma.decompress((DATA / name).read_bytes())


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OldSite]:
    """On PostgreSQL where the tests run on it, else on the embedded database."""
    var = tmp_path_factory.mktemp("var")
    key_file = var / "private.key"
    key_file.write_text(f"{PRIVATE_KEY}\n")
    key_file.chmod(0o600)
    # The old site's files are those of the prepared clinic, but for the drawings that were drawn again since.
    shutil.copytree(prepared.prepare(prepared.postgresql()) / "media", var / "media")
    shutil.copytree(DATA / "drawings", var / "media" / "original_images", dirs_exist_ok=True)
    server, name = prepared.postgresql(), f"test_upgrade_{os.getpid()}"
    if server:
        kind, database = "postgresql", prepared.other_database(server, name)
        prepared.run_sql(server, f'CREATE DATABASE "{name}"')
        prepared.run_sql(database, unpacked("postgresql.sql.xz").decode())
    else:
        kind, file = "sqlite", var / "site.sqlite3"
        file.write_bytes(unpacked("site.sqlite3.xz"))
        database = f"sqlite:///{file}"
    environment = prepared.environment_of(var, database) | {
        "SECRET_KEY": SECRET_KEY,
        "BASE_URL": "http://testserver",
        "ALLOWED_HOSTS": "testserver",
        "CONSULTATION_PRIVATE_KEY_FILE": str(key_file),
        "PAGE_CACHE": "false",
        "SITE_VERSION_FILE": "",
    }
    columns: dict[str, list[str]] = {}
    old_pages, old_rows = json.loads(unpacked(f"{kind}-pages.json.xz")), rows_of(database, columns)
    try:
        answer = run_upgrade(environment, commands=COMMANDS, now=old_pages["now"], paths=list(old_pages["pages"]))
        # New columns of an old table are left out.
        yield OldSite(old_pages["pages"], old_rows, rows_of(database, columns), **answer)
    finally:
        if server:
            prepared.drop_database(server, name)


def test_every_table_and_every_row_stays(old_site: OldSite) -> None:
    before, after = old_site.old_rows, old_site.rows
    # A newer Wagtail brings tables of its own, and with them types of content and permissions.
    added = set(after) - set(before)
    assert set(before) <= set(after) and all(name.startswith("wagtail") or name in NEW_TABLES for name in added)
    changed = {name for name in before if after[name] != before[name]}
    # The index of the site's search is filled anew; it holds nothing that is not in the pages.
    changed = {table for table in changed if not table.startswith(SEARCH_INDEX)}
    assert changed <= WRITTEN_BY_MIGRATE | HASHED_AGAIN | ({"auth_permission"} if added else set())
    assert all(len(before[name]) == len(after[name]) for name in HASHED_AGAIN)
    assert set(before["auth_permission"]) <= set(after["auth_permission"])
    renamed = before["django_content_type"]
    for old, new in RENAMED_MODELS.items():
        renamed = [row.replace(f"'{old}'", f"'{new}'") for row in renamed]
    assert set(renamed) <= set(after["django_content_type"])
    assert len(after["django_content_type"]) == len(renamed) + len(added)
    assert len(after["consultations_consultationrequest"]) == 3 and len(after["consultations_accessrecord"]) == 6


def test_nothing_is_left_to_migrate(old_site: OldSite) -> None:
    assert old_site.outputs["migrate --verbosity=0"] == old_site.outputs["migrate --check"] == ""


def test_approvals_and_the_access_log_still_prove_themselves(old_site: OldSite) -> None:
    assert "is as it was approved" in old_site.outputs["verify_approvals"]
    assert "is whole: 6 entries" in old_site.outputs["verify_access_record"]


def test_every_request_still_opens(old_site: OldSite) -> None:
    assert "Requests that open: 3. That do not: 0." in old_site.outputs["consultation_key check"]


def plain(element: Any) -> str:
    """The words of an element, whatever tags stand between them."""
    return SPACE_BEFORE.sub("", " ".join(element.get_text(" ").split()))


def words_of_staff(body: str) -> tuple[str, set[str]]:
    """The title of a page, and the paragraphs, list items and headings of its content that are long enough to be somebody's own."""
    main = BeautifulSoup(body, "html.parser").find("main")
    if main is None:
        return "", set()
    # A word is explained where it stands first.
    for meaning in main.select(".term-meaning"):
        meaning.decompose()
    title = main.find("h1")
    texts = (plain(element) for element in main.select(".prose p, .prose li, .prose h2, .prose h3, .lead"))
    return title.get_text(" ", strip=True) if title else "", {text for text in texts if len(text) > 20}


def test_readers_find_every_page_and_every_word_of_staff(old_site: OldSite) -> None:
    lost = {}
    for path, old in old_site.old_pages.items():
        new = old_site.pages[path]
        assert new["status"] == old["status"], path
        if "</main>" in old["body"] and path not in OWN_WORDS:
            (old_title, old_words), (title, words) = words_of_staff(old["body"]), words_of_staff(new["body"])
            if title != old_title or old_words - words:
                lost[path] = (old_title, title, old_words - words)
    assert not lost
    assert sum(len(words_of_staff(page["body"])[1]) for page in old_site.old_pages.values() if "</main>" in page["body"]) > 400
