"""Renders addresses of the site that the environment names, at one moment, and prints them as JSON. Run by the upgrade test."""

import datetime as dt
import json
import logging
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[2] / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")


def main() -> None:
    """The moment and the addresses come as JSON on standard input."""
    import django

    django.setup()
    # Standard output is for the answer.
    logging.disable()
    from django.test import Client
    from django.utils import timezone

    asked = json.load(sys.stdin)
    moment = dt.datetime.fromisoformat(asked["now"])
    timezone.now = lambda: moment
    answers = {path: Client().get(path) for path in asked["paths"]}
    json.dump({path: {"status": answer.status_code, "body": answer.content.decode()} for path, answer in answers.items()}, sys.stdout)


if __name__ == "__main__":
    main()
