"""The backup script: a file that changes while it is read is no failure, and one that cannot be read is."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
SCRIPT = Path(settings.PROJECT) / "deploy" / "backup.sh"


def back_up(tmp_path: Path, tar: str) -> subprocess.CompletedProcess[str]:
    """Run the script with a database dump and a `tar` of ours first in the path."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, body in (("pg_dump", "exit 0"), ("tar", tar)):
        (tools / name).write_text(f"#!/bin/sh\n{body}\n")
        (tools / name).chmod(0o755)
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "DATABASE_URL": "postgres://x", "VAR_DIR": str(tmp_path / "var")}
    return subprocess.run(["sh", str(SCRIPT), str(tmp_path / "to")], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("status", "ends", "words"), [(0, 0, ""), (1, 0, "the next backup has them"), (2, 2, "could not be read")])
def test_what_tar_says_becomes_a_status_and_a_line(tmp_path: Path, status: int, ends: int, words: str) -> None:
    done = back_up(tmp_path, f"exit {status}")
    assert done.returncode == ends and words in done.stderr


def test_everything_is_in_the_archive(tmp_path: Path) -> None:
    (tmp_path / "var" / "media").mkdir(parents=True)
    (tmp_path / "var" / "media" / "a.jpg").write_text("x")
    done = back_up(tmp_path, 'exec /bin/tar "$@"')
    assert done.returncode == 0
    listed = subprocess.run(["tar", "-tf", f"{done.stdout.strip()}/files.tar"], capture_output=True, text=True, check=True).stdout
    assert "media/a.jpg" in listed and "sealed/" in listed and "private/" in listed
