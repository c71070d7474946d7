"""Dragoman reads the news and keeps a sourced record of what states and their leaders do and say to each other.

>>> from dragoman import Coder, Record, read
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError
from dragoman.model import Article, CodedArticle, Event, ReportedEvent
from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.reading import read
    from dragoman.record import Record

__all__ = [
    "Article",
    "CodedArticle",
    "Coder",
    "DragomanError",
    "Event",
    "Record",
    "ReportedEvent",
    "__version__",
    "read",
]

# onnxruntime would send its maker what it does here, and keep a mark of this machine in the user's folder for that.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

# Loaded when first asked for: the parser and the tables' libraries take seconds, and most programs want one of them.
_LATER = {"Coder": "dragoman.coding.coder", "Record": "dragoman.record", "read": "dragoman.reading"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'dragoman' has no attribute '{name}'")
    import importlib

    return getattr(importlib.import_module(_LATER[name]), name)
