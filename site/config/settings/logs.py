"""Logs go to standard output and never contain what a visitor typed."""

from typing import Any

from config.settings.environment import env

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "common.logs.PrivateRecordFilter"}},
    "formatters": {"line": {"()": "common.logs.LineFormatter", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line", "filters": ["private"]}},
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "django_tasks": {"level": "WARNING"},
        # axes logs the user name and address of each failed sign-in. The database stores them only while they are needed.
        "axes": {"level": "CRITICAL"},
        # At a lower level, Pillow logs the metadata of every photo.
        "PIL": {"level": "WARNING"},
        "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
    },
}
