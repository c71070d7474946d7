"""Reading the files of `knowledge/`: YAML or CSV in, typed entries out, every fault told with its file and entry.

Separate because all loaders of knowledge share it. All scalars are read as text, so that codes such as NO stay what
they are; the entry types say what a number or a truth value is.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from dragoman.errors import KnowledgeError

try:  # libyaml is some eight times as fast; PyYAML comes without it on a few platforms.
    from yaml import CBaseLoader as BaseLoader
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import BaseLoader, SafeLoader  # type: ignore[assignment]

KNOWLEDGE = Path(__file__).parent
LABELS = ("id", "code", "name", "title")

Entry = TypeVar("Entry")


def read_yaml(path: Path) -> Any:
    """The content of a YAML file as mappings, lists and strings.

    Raises `KnowledgeError` for a missing file, invalid YAML, a key given twice, and empty or space-padded text.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_TextLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error}); restore the file.") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: {_yaml_fault(error)}; mend the file.") from error


def typed_yaml(text: str) -> Any:
    """YAML whose numbers and truths are not text, parsed by libyaml where there is one.

    Raises `yaml.YAMLError`.
    """
    return yaml.load(text, Loader=SafeLoader)


def read_entries(path: Path, entry_type: type[Entry]) -> tuple[Entry, ...]:
    """The entries of a YAML file that is a list of mappings, each made into `entry_type`."""
    return make_entries(path, read_yaml(path), entry_type)


def read_sections(path: Path) -> dict[str, Any]:
    """The sections of a YAML file that is one mapping; what a section holds is for the caller to check."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path.name}: must be a mapping of sections; it is {_kind(content)}.")
    return content


def read_table(path: Path, entry_type: type[Entry]) -> tuple[Entry, ...]:
    """The rows of a CSV file with a header line, each made into `entry_type`; empty cells count as not given."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(f"{path.name}: cannot be read as CSV ({error}); mend the file.") from error
    entries = []
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise KnowledgeError(f"{path.name}, line {number}: has more or fewer cells than the header line.")
        entries.append(make_entry(path, f"line {number}", {k: v for k, v in row.items() if v != ""}, entry_type))
    return tuple(entries)


def make_entries(path: Path, content: Any, entry_type: type[Entry], **extra: str) -> tuple[Entry, ...]:
    """A list of mappings made into entries; `extra` gives fields that stand outside the list, such as its section."""
    if not isinstance(content, list):
        where = "".join(f", section '{value}'" for value in extra.values())
        raise KnowledgeError(f"{path.name}{where}: must be a list of entries; it is {_kind(content)}.")
    return tuple(
        make_entry(path, _label(raw, number), {**raw, **extra} if isinstance(raw, dict) else raw, entry_type)
        for number, raw in enumerate(content, start=1)
    )


def make_entry(path: Path, label: str, content: Any, entry_type: type[Entry]) -> Entry:
    """One entry made into `entry_type`; raises `KnowledgeError` for unknown, missing and mistyped keys."""
    try:
        return msgspec.convert(content, entry_type, strict=False)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path.name}, {label}: {error}.") from error


def check_unique(path: Path, entries: Iterable[Entry], key: Callable[[Entry], Hashable], what: str) -> None:
    """Raise `KnowledgeError` when two entries of a file have the same key, said in the message as `what`."""
    seen: set[Hashable] = set()
    for entry in entries:
        value = key(entry)
        if value in seen:
            raise KnowledgeError(f"{path.name}, entry '{value}': {what} is given twice; keep one entry.")
        seen.add(value)


def check_known(path: Path, label: str, value: str, known: Iterable[str] | Mapping[str, object], what: str) -> None:
    """Raise `KnowledgeError` unless `value` is one of `known`."""
    if value not in known:
        raise KnowledgeError(f"{path.name}, entry '{label}': unknown {what} '{value}'; use one that is defined.")


class _TextLoader(BaseLoader):
    """Loads every scalar as text and refuses what YAML would pass over in silence."""

    def construct_scalar(self, node: Any) -> Any:
        value = super().construct_scalar(node)
        if not value or value != value.strip():
            raise yaml.constructor.ConstructorError(None, None, f"text is empty or padded: {value!r}", node.start_mark)
        return value

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next(key for number, key in enumerate(keys) if key in keys[:number])
            raise yaml.constructor.ConstructorError(None, None, f"key '{twice}' is given twice", node.start_mark)
        return mapping


def _yaml_fault(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())


def _label(raw: Any, number: int) -> str:
    given = next((raw[key] for key in LABELS if key in raw), None) if isinstance(raw, dict) else None
    return f"entry '{given}'" if isinstance(given, str) else f"entry {number}"


def _kind(content: Any) -> str:
    if content is None:
        return "empty"
    return "a mapping" if isinstance(content, dict) else "a list" if isinstance(content, list) else "a text"
