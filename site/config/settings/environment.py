"""Reads environment variables, and stops with a one-line message where one is wrong."""

import os
from pathlib import Path
from typing import NoReturn

import environ

PROJECT = Path(__file__).resolve().parents[3]
#: Folder for all data that the site writes, except where environment variables choose other places.
VAR = Path(os.environ.get("VAR_DIR", PROJECT / "var"))

env = environ.Env()


def refuse(problem: str) -> NoReturn:
    """Exit with a one-line message instead of a traceback."""
    raise SystemExit(f"AlluraDerm cannot start: {problem}")


def required(name: str, purpose: str) -> str:
    """The value of an environment variable. Exits with a message where it is not set."""
    value = os.environ.get(name, "").strip()
    if not value:
        refuse(f"{name} is not set ({purpose}).")
    return value
