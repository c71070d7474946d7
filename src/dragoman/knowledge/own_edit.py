"""Additions to a user's file of actors: an entry is put at the end of its section, all else stays as it was written.

Apart from `own` because it works on the text of the file, so that the user's comments and order are kept.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import msgspec
import yaml

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.known import load_known, overlaid
from dragoman.knowledge.own import SECTIONS, OwnActors, imported_file, read_imported, read_own

SECTION = re.compile(r"^(\w+):[ \t]*(.*)$", re.MULTILINE)
ITEM = re.compile(r"^( *)-(?= |$)", re.MULTILINE)


def add_entry(path: Path, section: str, entry: msgspec.Struct) -> str:
    """Put an entry at the end of a section of an `actors.yaml`, made if missing, and return it as it is written there.

    The file is replaced in one step, and only by one that can be read and holds the entry and all that it held before.
    Raises `KnowledgeError` for an entry that cannot be, `UsageError` where the file is written in a way that leaves no
    place for it.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before = read_own(path) if text else OwnActors(path.name)
    item = yaml.safe_dump([msgspec.to_builtins(entry)], sort_keys=False, allow_unicode=True, width=110)
    part = _written(path, _with_item(path, text, section, item))
    try:
        after = read_own(part)
        if _entries(after, section) != (*_entries(before, section), entry) or any(
            _entries(after, other) != _entries(before, other) for other in SECTIONS if other != section
        ):
            raise UsageError(f"{path} leaves no place to add to. Add this to its section '{section}' yourself:\n{item}")
        imported = imported_file(path)
        known = overlaid(load_known(), read_imported(imported), strict=False) if imported.exists() else load_known()
        overlaid(known, after)
        if (path.read_text(encoding="utf-8") if path.exists() else "") != text:
            raise UsageError(f"{path} was changed by somebody else just now; nothing was added. Try again.")
        part.replace(path)
    except KnowledgeError as error:
        raise KnowledgeError(str(error).replace(part.name, path.name)) from error
    finally:
        part.unlink(missing_ok=True)
    return item


def _entries(own: OwnActors, section: str) -> tuple[msgspec.Struct, ...]:
    entries: tuple[msgspec.Struct, ...] = getattr(own, "merges" if section == "merge" else section)
    return entries


def _with_item(path: Path, text: str, section: str, item: str) -> str:
    heads = list(SECTION.finditer(text))
    mine = next((number for number, head in enumerate(heads) if head[1] == section), None)
    if mine is None:
        return f"{text.rstrip()}\n\n{section}:\n{_indented(item, 2)}".lstrip("\n")
    rest = re.sub(r"(^|\s)#.*$", "", heads[mine][2]).strip()
    if rest:
        raise UsageError(
            f"{path} has its section '{section}' on one line; nothing can be added. Write one entry a line, or add "
            f"this yourself:\n{item}"
        )
    start = heads[mine].end()
    end = heads[mine + 1].start() if mine + 1 < len(heads) else len(text)
    body = text[start:end]
    last = ITEM.search(body)
    indent = len(last[1]) if last else 2
    # Comments and blank lines before the next section belong to that section.
    lines = body.split("\n")
    keep = len(lines)
    while keep > 1 and (not lines[keep - 1].strip() or lines[keep - 1].startswith("#")):
        keep -= 1
    head, tail = "\n".join(lines[:keep]), "\n".join(lines[keep:])
    return f"{text[:start]}{head}\n{_indented(item, indent)}{tail}{text[end:]}"


def _indented(item: str, by: int) -> str:
    return "".join(" " * by + line for line in item.splitlines(keepends=True))


def _written(path: Path, text: str) -> Path:
    """The text in a new file beside the one that it is to replace, on disk before this returns."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); see to the folder, or name another.") from error
    return Path(name)
