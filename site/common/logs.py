"""Logging without anything that a visitor typed."""

import logging
import traceback
from typing import Any

#: Loggers whose log records contain the request: address with query string, headers, posted values.
REQUEST_LOGGERS = ("django.request", "django.security", "django.server")


class PrivateRecordFilter(logging.Filter):
    """Removes the request and its address from a log record before any handler formats it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(REQUEST_LOGGERS):
            record.msg, record.args = f"{record.levelname.lower()} while answering a request", None
            status = getattr(record, "status_code", None)
            if status:
                record.msg = f"answered {status}"
            if hasattr(record, "request"):
                del record.request
        return True


class LineFormatter(logging.Formatter):
    """Formats a traceback as file names, line numbers and the exception's class, but never its message or values."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        exception_class, _exception, trace = ei
        frames = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace, limit=None)]
        return "\n".join([*frames, f"  {exception_class.__module__}.{exception_class.__qualname__}"])
