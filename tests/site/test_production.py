"""Production refuses to start unsafely, and says in one line why."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from sealing.key_file import create_key_file
from sealing.key_pairs import PrivateKey
from sealing.keys import encode_public

pytestmark = pytest.mark.once
PROJECT = Path(settings.PROJECT)
KEY_FILE = Path(tempfile.mkdtemp(prefix="alluraderm-key-")) / "private.key"
PRIVATE_KEY = create_key_file(KEY_FILE)
STRANGER = encode_public(PrivateKey.generate().public_key())
GOOD = {
    "SECRET_KEY": "k3J-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "ALLOWED_HOSTS": "www.example.com",
    "BASE_URL": "https://www.example.com",
    "DATABASE_URL": "sqlite:////tmp/alluraderm-production-check.sqlite3",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.com:587",
    "DEFAULT_FROM_EMAIL": "Clinic <website@clinic.example>",
    "SECURITY_CONTACT": "security@clinic.example",
    "CONSULTATION_PUBLIC_KEYS": encode_public(PRIVATE_KEY.public_key()),
    "CONSULTATION_PRIVATE_KEY_FILE": str(KEY_FILE),
}


SECRET = "abcdefghijklmnopqrstuvwxyz0123456789" * 2
#: What changes the good environment into that of one side.
PUBLIC = {
    "SITE_ROLE": "public", "SECRET_KEY": None, "EMAIL_URL": None, "CONSULTATION_PRIVATE_KEY_FILE": None,
    "PUBLIC_SECRET_KEY": f"pU1-{SECRET}",
}  # fmt: skip
STAFF = {
    "SITE_ROLE": "staff", "SECRET_KEY": None, "STAFF_URL": "https://staff.example.com", "ALLOWED_HOSTS": "staff.example.com",
    "STAFF_SECRET_KEY": f"sT2-{SECRET}", "ACCESS_RECORD_KEY": f"rE3-{SECRET}", "APPROVAL_KEY": f"aP4-{SECRET}",
}  # fmt: skip


def python(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """A process with the environment of a good production, but for these changes."""
    environment = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        # A folder of its own: the project's may hold the key of a demonstration.
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": "site:.",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "VAR_DIR": str(KEY_FILE.parent / "var"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def check(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """`manage.py check`, as an operator runs it."""
    return python("manage.py", "check", *arguments, **changes)


def read_settings(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """Only what every command and server does first, in a third of the time of a command."""
    return python("-c", "import importlib, os; importlib.import_module(os.environ['DJANGO_SETTINGS_MODULE'])", **changes)


def test_the_deployment_check_has_nothing_to_say() -> None:
    done = check("--deploy", "--fail-level", "DEBUG")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", GOOD)
def test_what_is_missing_is_named_in_one_line(name: str) -> None:
    done = read_settings(**{name: None})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("AlluraDerm cannot start: ") and name in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 80),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", "http://www.example.com"),
        ("SITE_ROLE", "everything"),
        ("STORAGE_URL", "ftp://example.com/"),
        ("CONSULTATION_PUBLIC_KEYS", "garbage"),
        pytest.param("CONSULTATION_PUBLIC_KEYS", STRANGER, id="a key that no private key fits"),
        ("CONSULTATION_PRIVATE_KEY_FILE", "/no/such/file"),
    ],
)
def test_what_is_unsafe_is_refused(name: str, value: str) -> None:
    done = read_settings(**{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith("AlluraDerm cannot start: ") and done.stderr.count("\n") == 1


def test_a_command_refuses_in_the_same_words() -> None:
    done = check(SECRET_KEY=None)
    assert (done.returncode, done.stderr) == (1, read_settings(SECRET_KEY=None).stderr)


@pytest.mark.parametrize("side", [PUBLIC, STAFF], ids=["public", "staff"])
def test_the_deployment_check_of_each_side_has_nothing_to_say(side: dict[str, str | None]) -> None:
    done = check("--deploy", "--fail-level", "DEBUG", **side)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("side", "names"),
    [
        (PUBLIC, ["PUBLIC_SECRET_KEY", "SECURITY_CONTACT"]),
        (STAFF, ["STAFF_SECRET_KEY", "ACCESS_RECORD_KEY", "APPROVAL_KEY", "STAFF_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"]),
    ],
    ids=["public", "staff"],
)
def test_what_a_side_lacks_is_named_in_one_line(side: dict[str, str | None], names: list[str]) -> None:
    for name in names:
        done = read_settings(**{**side, name: None})
        assert done.returncode == 1 and name in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "STAFF_SECRET_KEY", "ACCESS_RECORD_KEY", "APPROVAL_KEY", "EMAIL_URL", "STAFF_DATABASE_URL"])
def test_a_public_process_refuses_a_secret_of_the_staff(name: str) -> None:
    done = read_settings(**{**PUBLIC, name: GOOD["EMAIL_URL"] if name == "EMAIL_URL" else f"xX5-{SECRET}"})
    assert done.returncode == 1 and name in done.stderr and "must not see it" in done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "PUBLIC_SECRET_KEY"])
def test_a_staff_process_refuses_a_secret_of_the_public_side(name: str) -> None:
    done = read_settings(**{**STAFF, name: f"xX5-{SECRET}"})
    assert done.returncode == 1 and name in done.stderr and "must not see it" in done.stderr


@pytest.mark.parametrize(
    "changes",
    [{"ACCESS_RECORD_KEY": STAFF["STAFF_SECRET_KEY"]}, {"STAFF_URL": "https://www.example.com/staff"}, {"STAFF_URL": "http://staff.example.com"}],
    ids=["one secret for two things", "one host name for two sides", "without TLS"],
)  # fmt: skip
def test_what_would_join_the_sides_is_refused(changes: dict[str, str | None]) -> None:
    assert read_settings(**{**STAFF, **changes}).returncode == 1


def test_a_server_ends_with_one_line_instead_of_starting_workers_again_and_again() -> None:
    """As systemd sees it: a status that is not 0, at once."""
    done = python("-m", "gunicorn", "-c", "gunicorn.conf.py", BIND="127.0.0.1:0", BASE_URL=None)
    assert done.returncode not in (0, None) and done.stderr.count("AlluraDerm cannot start: BASE_URL is not set") == 1


@pytest.mark.parametrize(("side", "role"), [(PUBLIC, "alluraderm_staff"), (PUBLIC, "alluraderm_owner"), (STAFF, "alluraderm_public")])
def test_a_server_refuses_the_database_role_of_the_other_side(side: dict[str, str | None], role: str) -> None:
    done = python("-m", "config.preflight", **{**side, "DATABASE_URL": f"postgres://{role}:x@127.0.0.1/x", "PYTHONPATH": "site"})
    assert done.returncode and f"names the role {role}" in done.stderr


def test_no_part_of_a_password_is_shown_where_an_address_cannot_be_read() -> None:
    done = check(DATABASE_URL="postgres://u:abc/def@127.0.0.1/x")
    assert "DATABASE_URL cannot be read" in done.stderr and "abc" not in done.stderr


def test_a_public_process_must_not_hold_a_private_key() -> None:
    assert "CONSULTATION_PRIVATE_KEY_FILE" in read_settings(**{**PUBLIC, "CONSULTATION_PRIVATE_KEY_FILE": str(KEY_FILE)}).stderr


def test_a_public_process_refuses_a_key_it_could_read(tmp_path: Path) -> None:
    create_key_file(tmp_path / "keys" / "private.key")
    for settings_module in ("config.settings.production", "config.settings.dev"):
        done = read_settings(**{**PUBLIC, "DJANGO_SETTINGS_MODULE": settings_module, "VAR_DIR": str(tmp_path)})
        assert done.returncode == 1 and "can be read" in done.stderr and done.stderr.count("\n") == 1


def test_the_style_sheet_is_one_file_in_production(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production", "VAR_DIR": str(tmp_path), **GOOD}
    done = subprocess.run(
        # Compressing Wagtail's own files takes a quarter of a minute and shows nothing about ours.
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--ignore", "wagtail*", "--ignore", "rest_framework"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    sheets = list((tmp_path / "static/css").glob("site.*.css"))
    assert len(sheets) == 1
    text = sheets[0].read_text()
    assert "@import" not in text and ".facts-rail" in text and "../fonts/brygada-1918." in text
    assert list((tmp_path / "static/css").glob("site.*.css.br"))


def test_the_command_that_makes_keys_runs_before_there_are_any(tmp_path: Path) -> None:
    environment = {name: value for name, value in GOOD.items() if not name.startswith("CONSULTATION")}
    done = subprocess.run(
        [sys.executable, "manage.py", "consultation_key", "create", "--file", str(tmp_path / "new.key")],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new.key").exists()
