"""What every test can rely on: the sample clinic, people of each role, and a key to open requests."""

import gc
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client

from accounts.roles import Role
from page_cache import memo, site_version
from page_tree.site_address import match_site_to_base_url
from sealing.key_pairs import PrivateKey
from sealing.keys import encode_private
from tests import prepared, pristine

preparing = ExitStack()
#: Opens what tests seal.
PRIVATE_KEY = encode_private(PrivateKey.generate())
# Where no file names the version of the site, the prepared clinic is the version.
site_version.NullVersionStore = lambda: pristine.store  # type: ignore[misc,assignment]


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts a run says where its workers find the prepared clinic, and begins to prepare it."""
    if not hasattr(config, "workerinput"):
        os.environ[prepared.FOLDER] = tempfile.mkdtemp(prefix="alluraderm-prepared-")
        preparing.enter_context(prepared.begun(prepared.postgresql()))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        preparing.close()
        if prepared.postgresql():
            prepared.drop_database(prepared.postgresql(), prepared.template_name())
        shutil.rmtree(os.environ.pop(prepared.FOLDER), ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test starts from the loaded sample clinic, in a copy that this process has for itself."""
    var = prepared.prepare(prepared.postgresql())
    shutil.copytree(var / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
    name = f"test_alluraderm_{os.getpid()}"
    with django_db_blocker.unblock():
        if prepared.postgresql():
            prepared.create_database(prepared.postgresql(), name)
            connection.settings_dict["NAME"] = name
        else:
            connection.settings_dict["NAME"] = "file:alluraderm?mode=memory&cache=shared"
            connection.ensure_connection()
            with closing(sqlite3.connect(var / "site.sqlite3")) as source:
                source.backup(connection.connection)
        match_site_to_base_url()
    pristine.watch_connection(connection)
    # Before a test plays the public side: whatever part is played at the first import has its addresses for good.
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    # What is loaded by now stays: the collector need not look at it again for each test.
    gc.freeze()
    yield
    if prepared.postgresql():
        with django_db_blocker.unblock():
            connection.close()
        prepared.drop_database(prepared.postgresql(), name)


@pytest.fixture(autouse=True)
def no_leftovers(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Caches, private keys and sealed files never pass from one test to the next."""
    cache.clear()
    pristine.store.is_enabled = pristine.store.is_pristine = True
    settings.ACCESS_RECORD_NOTES = str(tmp_path / "access-record-heads")
    settings.CONSULTATION_PUBLIC_KEYS = []
    settings.CONSULTATION_PRIVATE_KEY_FILE = str(tmp_path / "private.key")
    (tmp_path / "private.key").write_text(f"{PRIVATE_KEY}\n")
    (tmp_path / "private.key").chmod(0o600)
    yield


@pytest.fixture
def nothing_cached() -> None:
    """Every response is built from the database, as the first one after a change is."""
    pristine.store.is_enabled = False


@pytest.fixture
def with_caching(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is read and rendered is kept from one answer to the next, as it is outside tests."""
    settings.SITE_VERSION_FILE = str(tmp_path / "site-version")
    # Versions end with each quarter of an hour, which may come in the middle of a test.
    now = time.time()
    monkeypatch.setattr(memo, "time", SimpleNamespace(time=lambda: now))
    site_version.version_store.cache_clear()
    yield
    site_version.version_store.cache_clear()
    caches["template_fragments"].clear()


@pytest.fixture
def make_user(db: None) -> Callable[..., Any]:
    """A member of staff with one role; without a role, a superuser."""

    def make(role: Role | None, username: str = "") -> Any:
        name = username or (role.name.lower() if role else "admin")
        user = get_user_model().objects.create_user(name, f"{name}@alluraderm.example", "a long test password")
        if role is None:
            user.is_superuser = True
            user.save()
        else:
            user.groups.add(Group.objects.get(name=role.value))
        return user

    return make


@pytest.fixture
def as_role(make_user: Callable[..., Any]) -> Callable[[Role | None], Client]:
    """A signed-in browser of somebody with a role."""

    def sign_in(role: Role | None) -> Client:
        client = Client()
        client.force_login(make_user(role))
        # As somebody who has just given a password.
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session.save()
        return client

    return sign_in


@pytest.fixture
def sealed_root() -> Path:
    return Path(settings.SEALED_ROOT)
