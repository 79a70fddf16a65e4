"""Log lines as JSON, without personal data: of an exception its kind and place, never its text or values."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from config.requests import request_id


class JsonFormatter(logging.Formatter):
    """One JSON object a line: when, how grave, where from, what, and in which request."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _place(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _place(error: BaseException) -> dict[str, Any]:
    """An exception's kind and stack. Its text may quote a person's data (a unique key, say), so it is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "kind": f"{type(error).__module__}.{type(error).__qualname__}",
        "stack": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
