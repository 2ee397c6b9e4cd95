"""Runs every test this machine can run, and says what it left out. `make test` calls it.

First on the embedded database; then again, without what no database changes, on PostgreSQL and Redis where `TEST_DATABASE_URL` and
`TEST_REDIS_URL` say where they are. `FULL=1` adds what takes minutes. With `CI=true`, leaving anything out is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SERVICES = ("TEST_DATABASE_URL", "TEST_REDIS_URL")
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(title: str, marked: str, environment: dict[str, str]) -> int:
    """One round of the suite, of the tests with these markers; returns pytest's exit status."""
    say(f"\n== {title}")
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadgroup", "-q", "-m", marked, *sys.argv[1:]]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode


def main() -> int:
    left_out = []
    browser = any(map(shutil.which, CHROMIUM))
    if not browser:
        left_out.append("browser tests: Chromium is not installed")
    if not shutil.which("npm"):
        left_out.append("the HTML validator: Node and npm are not installed")
    if not os.environ.get("FULL"):
        left_out.append(
            "killed processes, an interrupted start, most of the fuzzed posts, half of the screens for accessibility, journeys in older "
            "browsers, long journeys with scripts, learning from the examples: FULL is not set"
        )
    plain = {name: value for name, value in os.environ.items() if name not in (*SERVICES, "DJANGO_SETTINGS_MODULE")}
    rounds = [("on SQLite", "" if browser else "not browser", plain)]
    services = {name: os.environ[name] for name in SERVICES if os.environ.get(name)}
    if "TEST_DATABASE_URL" in services:
        title = "on PostgreSQL" + (" and Redis" if "TEST_REDIS_URL" in services else "")
        rounds.append((title, "not once" if browser else "not once and not browser", {**plain, **services}))
        say("on PostgreSQL, tests marked `once` are not run again: no database changes what they find")
    else:
        left_out.append("tests on PostgreSQL: TEST_DATABASE_URL is not set")
    if "TEST_REDIS_URL" not in services:
        left_out.append("tests on Redis: TEST_REDIS_URL is not set")

    failed = [title for title, marked, environment in rounds if run(title, marked, environment) != 0]
    say("")
    for reason in left_out:
        say(f"left out: {reason}")
    for title in failed:
        say(f"failed: tests {title}")
    if left_out and os.environ.get("CI") == "true":
        say("With CI=true nothing may be left out.")
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
