"""Logs that cannot carry what a visitor typed."""

import logging
import traceback
from typing import Any

#: Loggers whose records quote the request: address with query string, headers, posted values.
REQUEST_LOGGERS = ("django.request", "django.security", "django.server")


class PrivateRecordFilter(logging.Filter):
    """Takes the request and its address out of a record before any handler formats it."""

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
    """A traceback with its places and its exception's class, but never its message or values."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        kind, _value, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace, limit=None)]
        return "\n".join([*places, f"  {kind.__module__}.{kind.__qualname__}"])
