"""Object storage: what 's3://bucket/key' means, how its server is reached, and what its errors say in plain words.

Apart from the record and from reading, which both use it. Credentials, region and the server's address come from the
environment, by the names that AWS's own tools use, and are written nowhere.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

SCHEME = "s3"
ENDPOINT = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
REGION = ("AWS_REGION", "AWS_DEFAULT_REGION")
ALLOW_HTTP = "AWS_ALLOW_HTTP"
_WITH_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
_FOLDED = re.compile(r"(s3a?|gs|gcs|az|abfss?|hdfs|https?|file):/+(?=[^/])", re.IGNORECASE)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")
_WHY = {
    "NO_SUCH_BUCKET": "there is no such bucket",
    "NO_SUCH_KEY": "there is no such object",
    "ACCESS_DENIED": "access is denied; see that the credentials in the environment may do this",
    "INVALID_ACCESS_KEY_ID": "the access key is not known there; see AWS_ACCESS_KEY_ID",
    "SIGNATURE_DOES_NOT_MATCH": "the secret key is wrong; see AWS_SECRET_ACCESS_KEY",
    "NETWORK_CONNECTION": "the server cannot be reached; see AWS_ENDPOINT_URL and AWS_REGION",
}
_NATIVE_WHY = {
    "nosuchbucket": "NO_SUCH_BUCKET",
    "accessdenied": "ACCESS_DENIED",
    "invalidaccesskeyid": "INVALID_ACCESS_KEY_ID",
    "signaturedoesnotmatch": "SIGNATURE_DOES_NOT_MATCH",
    "error sending request": "NETWORK_CONNECTION",
}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_BUFFER = 1 << 20


class Address(NamedTuple):
    """An object, or all whose keys begin so, in a bucket; `key` has no '/' at either end."""

    bucket: str
    key: str

    def __str__(self) -> str:
        return f"{SCHEME}://{self.path}"

    @property
    def path(self) -> str:
        """The address without its scheme, as file systems want it."""
        return f"{self.bucket}/{self.key}".rstrip("/")

    def below(self, name: str) -> Address:
        """What has this name below it."""
        return Address(self.bucket, f"{self.key}/{name}".strip("/"))


def is_address(where: str | Path) -> bool:
    """Whether this names something by an address with a scheme, of whatever kind, and not by a path."""
    return isinstance(where, str) and _WITH_SCHEME.fullmatch(where) is not None


def parse_address(where: str) -> Address:
    """The address that a user gave; raises `UsageError` for another scheme than s3, and for no bucket."""
    match = _WITH_SCHEME.fullmatch(where)
    scheme, rest = (match[1].lower(), match[2]) if match else ("", where)
    if scheme != SCHEME:
        raise UsageError(f"'{where}': of object storage only {SCHEME}://BUCKET/PREFIX can be used, not {scheme}://.")
    bucket, _, key = rest.partition("/")
    if not _BUCKET.fullmatch(bucket):
        raise UsageError(f"'{where}' does not name a bucket; write it as {SCHEME}://BUCKET/PREFIX.")
    return Address(bucket, "/".join(part for part in key.split("/") if part))


def unfolded(path: Path) -> str | None:
    """The address that somebody took for a path, which folds its '//' into '/'; None for what is a path."""
    text = str(path)
    match = _FOLDED.match(text)
    return f"{match[1]}://{text[match.end() :]}" if match else None


def file_system() -> FileSystem:
    """The store that the environment names; raises `UsageError` where it must not be spoken to without encryption."""
    return _file_system(_endpoint(), next((os.environ[name] for name in REGION if os.environ.get(name)), None))


def options() -> dict[str, str]:
    """What the tables' library is to be told besides the environment, which it reads itself."""
    endpoint = _endpoint()
    return {"aws_endpoint_url": endpoint} if endpoint else {}


def open_object(where: str) -> BinaryIO:
    """A stream of an object's bytes, which can be wound back; raises `OSError` in plain words."""
    address = parse_address(where)
    with plain_errors(str(address)):
        opened = file_system().open_input_file(address.path)
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, _Quiet(opened, str(address))), _BUFFER))


def listed(where: str) -> Iterator[tuple[str, int]]:
    """The object at an address, or all below it in order of keys, with their sizes; none where there is nothing."""
    from pyarrow.fs import FileSelector, FileType

    address = parse_address(where)
    with plain_errors(str(address)):
        store = file_system()
        found = store.get_file_info(address.path) if address.key else None
        if found is not None and found.type is FileType.File:
            yield str(address), found.size
            return
        below = store.get_file_info(FileSelector(address.path, recursive=True, allow_not_found=True))
        if not below:
            check_bucket(address)
    for info in sorted(below, key=lambda info: str(info.path)):
        if info.type is FileType.File:
            yield f"{SCHEME}://{info.path}", info.size


def check_bucket(address: Address) -> None:
    """Raise `UsageError` where there is no such bucket."""
    from pyarrow.fs import FileType

    with plain_errors(str(address)):
        if file_system().get_file_info(address.bucket).type is FileType.NotFound:
            raise UsageError(f"There is no bucket '{address.bucket}' at {server()}; make it first, or see its name.")


def server() -> str:
    """Where the store is, for messages."""
    return _endpoint() or "AWS"


@contextmanager
def plain_errors(where: str) -> Iterator[None]:
    """Turn the long errors of a store's library into an `OSError` of one clause that names the place."""
    try:
        yield
    except OSError as error:
        raise OSError(0, why(error), where) from error


def why(error: BaseException) -> str:
    """What an error of a store says, in one clause."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return error.strerror
    text = _COLOUR.sub("", str(error)).strip()
    named = re.search(r"AWS Error ([A-Z_]+)", text)
    flat = re.sub(r"\s+", " ", text).lower()
    code = named[1] if named else next((code for said, code in _NATIVE_WHY.items() if said in flat), None)
    if code in _WHY:
        return _WHY[code]
    return (text.splitlines() or [type(error).__name__])[0].strip().rstrip(".")[:300]


class _Quiet(io.RawIOBase):
    """A stream of the store's library as one of Python's own, with errors in plain words."""

    def __init__(self, opened: Any, where: str) -> None:
        self._opened = opened
        self._where = where

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with plain_errors(self._where):
            return int(self._opened.readinto(buffer))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return int(self._opened.seek(offset, whence))

    def tell(self) -> int:
        return int(self._opened.tell())

    def close(self) -> None:
        if not self.closed:
            self._opened.close()
        super().close()


def _endpoint() -> str | None:
    endpoint = next((os.environ[name] for name in ENDPOINT if os.environ.get(name)), None)
    if endpoint is None:
        return None
    if not re.match(r"https?://[^/]", endpoint):
        raise UsageError(f"AWS_ENDPOINT_URL is '{endpoint}'; write it as https://HOST:PORT.")
    if "@" in endpoint:
        raise UsageError(
            "AWS_ENDPOINT_URL holds a name and password; give them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    if endpoint.startswith("http://") and os.environ.get(ALLOW_HTTP, "").lower() not in ("true", "1"):
        raise UsageError(
            f"AWS_ENDPOINT_URL is '{endpoint}', where nothing is encrypted. Use https, or set {ALLOW_HTTP}=true."
        )
    return endpoint


@lru_cache(maxsize=4)
def _file_system(endpoint: str | None, region: str | None) -> FileSystem:
    from pyarrow.fs import S3FileSystem

    scheme, _, host = (endpoint or "").partition("://")
    named = {"endpoint_override": host.rstrip("/"), "scheme": scheme} if endpoint else {}
    return S3FileSystem(region=region or "us-east-1" if endpoint else region, connect_timeout=10, **named)
