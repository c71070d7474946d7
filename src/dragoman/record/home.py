"""Where a record lies: a folder of this machine, or a prefix in object storage; the same few things done in either.

Apart from `store`, which knows the tables: here are only files, their places, and when they are safe.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Protocol
from uuid import uuid4

from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem, SubTreeFileSystem

from dragoman import object_store
from dragoman.errors import UsageError
from dragoman.object_store import Address
from dragoman.record.room import ensure_room
from dragoman.record.settling import settle

LOG: Final = "_delta_log"


class Home(Protocol):
    """A place that holds a record. What goes wrong with files is an `OSError`."""

    @property
    def folder(self) -> Path:
        """The folder of this machine; raises `UsageError` where there is none."""

    def options(self) -> dict[str, str] | None:
        """What the tables' library needs to know besides a table's address."""

    def table(self, name: str) -> str:
        """The address of a table."""

    def files(self, name: str) -> FileSystem:
        """The files of a table, by their paths in it."""

    def names(self) -> list[str] | None:
        """What lies in it, None where it does not exist."""

    def make(self) -> None:
        """Make it, as far as it has to be made; raises `UsageError` where it cannot be one."""

    def read(self, name: str) -> bytes | None:
        """What a file of it has, None where it is missing."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file; at every moment it is there whole or not at all."""

    def has_table(self, name: str) -> bool:
        """Whether a table is there."""

    def ensure_room(self, name: str, size: int) -> None:
        """Raise `OSError` unless so many bytes more can be written into a table."""

    def settle(self, name: str, since: float) -> None:
        """Wait until what was written into a table since then (seconds since 1970) is safe."""


def home_of(where: str | Path) -> Home:
    """The home that a path or an address names; raises `UsageError` for an address of a kind that cannot be used."""
    if isinstance(where, str) and object_store.is_address(where):
        return Bucket(object_store.parse_address(where))
    folded = object_store.unfolded(Path(where))
    if folded is not None:
        raise _needs_mirror(str(object_store.parse_address(folded)))
    return Folder(Path(where))


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.folder = path

    def __str__(self) -> str:
        return str(self.folder)

    def options(self) -> dict[str, str] | None:
        """None are needed."""
        return None

    def table(self, name: str) -> str:
        """The path of a table."""
        return str(self.folder / name)

    def files(self, name: str) -> FileSystem:
        """The files of a table through Arrow's own file system.

        delta-rs's calls Python from Arrow's threads, and a process that ends while they are at work is now and then
        aborted.
        """
        return SubTreeFileSystem(str(self.folder.absolute() / name), LocalFileSystem())

    def names(self) -> list[str] | None:
        """The names in the folder."""
        if not self.folder.is_dir():
            return [] if self.folder.exists() else None
        return sorted(f.name for f in self.folder.iterdir())

    def make(self) -> None:
        """Make the folder and those above it."""
        if self.folder.exists() and not self.folder.is_dir():
            raise UsageError(
                f"{self.folder} is a file; a record is a folder. Give the path of a folder that is new or empty."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        ensure_room(self.folder, 0)

    def read(self, name: str) -> bytes | None:
        """What a file has."""
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write beside and rename."""
        draft = self.folder / f"{name}.{uuid4().hex}"
        draft.write_bytes(content)
        os.replace(draft, self.folder / name)

    def has_table(self, name: str) -> bool:
        """Whether its log is there."""
        return (self.folder / name / LOG).is_dir()

    def ensure_room(self, name: str, size: int) -> None:
        """Ask the disk."""
        ensure_room(self.folder / name, size)

    def settle(self, name: str, since: float) -> None:
        """Wait for the disk."""
        settle(self.folder / name, since)


class Bucket:
    """A prefix in object storage. An object is there whole or not at all, and is safe once it is there."""

    def __init__(self, address: Address) -> None:
        self.address = address

    def __str__(self) -> str:
        return str(self.address)

    @property
    def folder(self) -> Path:
        """There is none."""
        raise _needs_mirror(str(self.address))

    def options(self) -> dict[str, str] | None:
        """The server's address; the rest stands in the environment."""
        return object_store.options()

    def table(self, name: str) -> str:
        """The address of a table."""
        return str(self.address.below(name))

    def files(self, name: str) -> FileSystem:
        """The files of a table."""
        return SubTreeFileSystem(self.address.below(name).path, object_store.file_system())

    def names(self) -> list[str] | None:
        """The names at the prefix; none where nothing is there yet."""
        with object_store.plain_errors(str(self)):
            found = object_store.file_system().get_file_info(FileSelector(self.address.path, allow_not_found=True))
        return sorted(info.base_name for info in found) or None

    def make(self) -> None:
        """A prefix need not be made; its bucket has to be there."""
        object_store.check_bucket(self.address)

    def read(self, name: str) -> bytes | None:
        """What an object has."""
        place = self.address.below(name)
        with object_store.plain_errors(str(place)):
            files = object_store.file_system()
            if files.get_file_info(place.path).type is not FileType.File:
                return None
            with files.open_input_stream(place.path) as stream:
                return bytes(stream.read())

    def write(self, name: str, content: bytes) -> None:
        """Put an object."""
        place = self.address.below(name)
        with (
            object_store.plain_errors(str(place)),
            object_store.file_system().open_output_stream(place.path) as stream,
        ):
            stream.write(content)

    def has_table(self, name: str) -> bool:
        """Whether its log is there."""
        place = self.address.below(name).below(LOG)
        with object_store.plain_errors(str(place)):
            return object_store.file_system().get_file_info(place.path).type is FileType.Directory

    def ensure_room(self, name: str, size: int) -> None:
        """A store has room."""

    def settle(self, name: str, since: float) -> None:
        """A store has taken what it says that it has."""


def _needs_mirror(where: str) -> UsageError:
    return UsageError(
        f"The record {where} is in object storage, where it can be appended to. To read it, 'dragoman mirror {where}"
        " DIR' brings it into a folder of this machine; give that folder."
    )
