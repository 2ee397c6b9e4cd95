"""Runs commands on the site that the environment names, renders addresses of it at one moment, and prints all as JSON.

Run by the upgrade test, in one process, because starting takes longer than any of the commands.
"""

import datetime as dt
import io
import json
import logging
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[2] / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")


def main() -> None:
    """The commands, the moment and the addresses come as JSON on standard input."""
    import django

    django.setup()
    # Standard output is for the answer.
    logging.disable()
    from django.core.management import CommandError, call_command
    from django.test import Client
    from django.utils import timezone

    asked = json.load(sys.stdin)
    outputs = {}
    for command in asked["commands"]:
        output = io.StringIO()
        try:
            call_command(*command.split(), stdout=output, stderr=output)
        except (CommandError, SystemExit) as problem:
            output.write(f"failed: {problem}")
        outputs[command] = output.getvalue()
    moment = dt.datetime.fromisoformat(asked["now"])
    timezone.now = lambda: moment
    answers = {path: Client().get(path) for path in asked["paths"]}
    pages = {path: {"status": answer.status_code, "body": answer.content.decode()} for path, answer in answers.items()}
    json.dump({"outputs": outputs, "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main()
