"""`make run` and `make test` say in one plain line what is wrong."""

import importlib.util
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from sample.database_copy import migrate_in_copy

PROJECT = Path(settings.PROJECT)


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """The script that builds the virtual environment, pointed at an empty folder."""
    spec = importlib.util.spec_from_file_location("bootstrap", PROJECT / "deploy/local/bootstrap.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PROJECT = str(tmp_path)
    module.VENV = str(tmp_path / ".venv")
    module.PYTHON = str(tmp_path / ".venv/bin/python")
    return module


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    text = capsys.readouterr().err
    assert text.startswith("AlluraDerm: ") and text.count("\n") == 1
    return text


def test_an_old_python_is_named(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bootstrap, "MIN_VERSION", (99, 0))
    monkeypatch.setattr(bootstrap, "find_newer_python", lambda: None)
    with pytest.raises(SystemExit):
        bootstrap.require_python()
    assert "Python 99.0 or newer is needed" in one_line(capsys)


def test_the_script_can_be_read_by_a_python_that_is_too_old() -> None:
    text = (PROJECT / "deploy/local/bootstrap.py").read_text()
    compile(text, "bootstrap.py", "exec", dont_inherit=True)
    assert ":=" not in text and 'f"' not in text and "match " not in text


def test_a_folder_that_cannot_be_written_is_named(bootstrap: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(SystemExit):
        bootstrap.require_writable()
    assert "cannot write to" in one_line(capsys)


def test_a_missing_venv_module_is_named(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit):
        bootstrap.make_venv()
    assert "venv module is missing" in one_line(capsys)


def test_a_finished_installation_is_not_repeated(bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("")
    Path(bootstrap.PYTHON).parent.mkdir(parents=True)
    Path(bootstrap.PYTHON).touch()
    (tmp_path / ".venv/installed-run.sha256").write_text(bootstrap.stamp_of(["requirements.txt"]))
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda *args, **kwargs: pytest.fail("something was installed"))
    bootstrap.install("run")


def test_an_interrupted_installation_is_taken_up_again(bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("")
    made: list[str] = []
    monkeypatch.setattr(bootstrap, "make_venv", lambda: (Path(bootstrap.VENV).mkdir(), made.append("venv")))
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command, **kwargs: made.append(command[2]) or 0)
    bootstrap.install("run")
    assert made == ["venv", "pip"]
    assert (tmp_path / ".venv/installed-run.sha256").exists()


def test_a_port_that_is_taken_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(CommandError, match=r"is taken or not allowed. Choose another: make run PORT="):
            call_command("run_demo")
    signal.signal(signal.SIGTERM, before[0])
    signal.signal(signal.SIGINT, before[1])


class FileConnection:
    """As much of a connection as `migrate_in_copy` looks at."""

    vendor = "sqlite"

    def __init__(self, file: Path) -> None:
        self.settings_dict = {"NAME": str(file)}

    def close(self) -> None:
        """Nothing stays open between two statements."""

    def execute(self, statement: str) -> list[str]:
        with closing(sqlite3.connect(self.settings_dict["NAME"])) as database, database:
            return [name for (name,) in database.execute(statement)]


def test_a_stop_while_tables_change_leaves_the_old_database_whole(tmp_path: Path) -> None:
    file = tmp_path / "site.sqlite3"
    connection = FileConnection(file)
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    with migrate_in_copy(connection):
        connection.execute("CREATE TABLE first (id)")
    assert connection.execute(tables) == ["first"]
    with pytest.raises(KeyboardInterrupt), migrate_in_copy(connection):
        connection.execute("CREATE TABLE half (id)")
        raise KeyboardInterrupt
    assert connection.execute(tables) == ["first"]
    with migrate_in_copy(connection):
        connection.execute("CREATE TABLE second (id)")
    assert connection.execute(tables) == ["first", "second"]
    assert [left.name for left in tmp_path.glob("site*")] == ["site.sqlite3"]


@pytest.mark.once
@pytest.mark.skipif(not os.environ.get("FULL"), reason="starts often: set FULL=1")
@pytest.mark.parametrize("seconds", [3, 6])
def test_an_interrupted_start_goes_on_where_it_stopped(tmp_path: Path, seconds: float) -> None:
    """Killed in the middle of preparing; what follows finishes it, and then has nothing left to do."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev", "VAR_DIR": str(tmp_path), "PORT": "0"}
    environment.pop("DATABASE_URL", None)

    def command(*words: str) -> subprocess.Popen[str]:
        arguments = [sys.executable, "manage.py", *words]
        return subprocess.Popen(arguments, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    first = command("run_demo")
    time.sleep(seconds)
    first.send_signal(signal.SIGINT if seconds == 6 else signal.SIGKILL)
    output, _nothing = first.communicate(timeout=20)
    assert "Traceback" not in output
    for words in (["migrate", "-v0"], ["load_sample"], ["load_sample"]):
        following = command(*words)
        output, _nothing = following.communicate(timeout=120)
        assert following.returncode == 0, output
    assert "Everything was loaded before" in output
