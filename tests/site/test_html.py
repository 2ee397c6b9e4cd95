"""The HTML of every kind of page has no error, by a validator that reads it as a browser would."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.addresses import EVERY

FOLDER = Path(__file__).resolve().parents[1] / "html"
VALIDATOR = FOLDER / "node_modules" / ".bin" / "html-validate"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(
        shutil.which("npm") is None and os.environ.get("CI") != "true", reason="the validator needs Node: install nodejs and npm"
    ),
]


@pytest.fixture(scope="module")
def validator() -> Path:
    """The pinned validator, fetched at first use."""
    if not VALIDATOR.exists():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, timeout=300)
    return VALIDATOR


def screens(client: Client) -> dict[str, bytes]:
    """Every kind of page, and what forms say."""
    pages = {path: client.get(path).content for path in [*EVERY, "/nothing/"]}
    pages["the form with mistakes"] = client.post("/consultation/", {"email": "x", "phone": "y"}).content
    pages["the form with an urgent sign"] = client.post("/consultation/", {"urgent": "spreading"}).content
    pages["the finder's answer"] = client.post("/treatments/finder/", {"tone": "8", "scars": ["rolling"]}).content
    return pages


def test_no_page_has_an_error(client: Client, validator: Path, tmp_path: Path) -> None:
    names: dict[str, str] = {}
    for number, (name, html) in enumerate(screens(client).items()):
        file = tmp_path / f"{number}.html"
        file.write_bytes(html)
        names[str(file)] = name
    command = [str(validator), "--config", str(FOLDER / ".htmlvalidate.json"), "--formatter", "json", *names]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    results: list[dict[str, Any]] = json.loads(answer.stdout or "[]")
    assert answer.stdout, answer.stderr
    errors = {
        f"{names[result['filePath']]}: {message['ruleId']}: {message['message']}"
        for result in results
        for message in result["messages"]
        if message["severity"] == 2
    }
    assert not errors


def test_the_validator_finds_errors(validator: Path, tmp_path: Path) -> None:
    file = tmp_path / "wrong.html"
    file.write_text('<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p><div id="a" id="b"></div></p></body></html>')
    command = [str(validator), "--config", str(FOLDER / ".htmlvalidate.json"), str(file)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
