"""One request over one connection, to a network address that was checked: bytes in, never more than asked for.

Separate from the client because here is what guards against the other side: sizes, times, compressed bombs.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.fetching.addresses import Target
from dragoman.fetching.failure import FetchError

_CHUNK: Final = 64 * 1024
_GZIP: Final = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost: bytes of the body, unpacked; seconds without a byte; seconds altogether."""

    size: int
    idle: float = 20.0
    total: float = 60.0


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: headers by name in small letters, the body unpacked. `url` is where it came from, after redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def request(target: Target, addresses: Sequence[str], headers: Mapping[str, str], limits: Limits) -> Response:
    """GET a target from the first of its network addresses that takes a connection, without following redirects.

    Raises `FetchError` when it cannot be had within the limits; all but what the other side did wrong is temporary.
    """
    try:
        return exchange(target, addresses, headers, limits)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(_told(error), source=target.url, temporary=True) from None


def exchange(
    target: Target, addresses: Sequence[str], headers: Mapping[str, str], limits: Limits, body: bytes | None = None
) -> Response:
    """A GET, or a POST of a body, with all that guards against the other side; no redirect is followed.

    Raises `FetchError` for what is too late, too large or damaged; whatever else goes wrong with the connection comes
    as it is (`OSError`, `http.client.HTTPException`, `ValueError`): what it means, those who ask know.
    """
    connection = _connection(target, addresses, limits)
    late = threading.Event()

    def give_up() -> None:
        late.set()
        if connection.opened is not None:  # wakes whoever waits for bytes; a TLS socket's own shutdown would not do
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection.opened, socket.SHUT_RDWR)

    timer = threading.Timer(limits.total, give_up)
    timer.daemon = True
    timer.start()
    try:
        method = "GET" if body is None else "POST"
        connection.request(method, target.path, body=body, headers={**headers, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        content = b"" if answer.status == 304 else _body(answer, fields, limits.size, target.url)
        if late.is_set():  # a body without a length seems to end where the connection was cut
            raise _late(target.url, limits)
        return Response(url=target.url, status=answer.status, headers=fields, body=content)
    except (OSError, http.client.HTTPException, ValueError):
        if late.is_set():
            raise _late(target.url, limits) from None
        raise
    finally:
        timer.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection that goes to one of the given network addresses, whatever the name may resolve to by now."""

    def __init__(self, target: Target, addresses: Sequence[str], timeout: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self.target = target
        self.addresses = addresses
        self.opened: socket.socket | None = None  # `sock` is None again as soon as an answer without a length begins

    def connect(self) -> None:
        """Connect, and for https make sure that the other side is the host that was asked for."""
        self.sock = self.opened = self._connected()
        if self.target.scheme == "https":
            # The handshake comes after the socket is known here, so that it can be cut off as well.
            context = ssl.create_default_context()
            secured = context.wrap_socket(self.sock, server_hostname=self.target.host, do_handshake_on_connect=False)
            self.sock = self.opened = secured
            secured.do_handshake()

    def _connected(self) -> socket.socket:
        error: OSError = OSError("no address")
        for address in self.addresses:
            try:
                return socket.create_connection((address, self.target.port), timeout=self.timeout)
            except OSError as failed:
                error = failed
        raise error


def _connection(target: Target, addresses: Sequence[str], limits: Limits) -> _Pinned:
    connection = _Pinned(target, addresses, min(limits.idle, limits.total))
    if target.scheme == "https":
        connection.default_port = 443  # so that the Host header leaves it out
    return connection


def _body(answer: http.client.HTTPResponse, headers: Mapping[str, str], limit: int, url: str) -> bytes:
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise FetchError(f"It is larger than {limit:,} bytes.", source=url)
    coding = headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding not in ("identity", "gzip", "x-gzip"):
        raise FetchError(f"It is packed as '{coding[:40]}', which was not asked for.", source=url)
    chunks = _chunks(answer, limit, url)
    return b"".join(chunks) if coding == "identity" else unpack(chunks, limit, url)


def _chunks(answer: http.client.HTTPResponse, limit: int, url: str) -> Iterator[bytes]:
    taken = 0
    while chunk := answer.read1(_CHUNK):
        taken += len(chunk)
        if taken > limit:
            raise FetchError(f"It is larger than {limit:,} bytes.", source=url)
        yield chunk
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)


def unpack(chunks: Iterable[bytes], limit: int, url: str) -> bytes:
    """Unpack gzip, never holding more than `limit` bytes; several members in a row are read as one.

    Raises `FetchError` for what is larger or damaged.
    """
    out = bytearray()
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if unpacker.eof:
                    if not rest.strip(b"\x00"):
                        break
                    unpacker = zlib.decompressobj(_GZIP)
                out += unpacker.decompress(rest, limit + 1 - len(out))
                if len(out) > limit:
                    raise FetchError(f"Unpacked it is larger than {limit:,} bytes.", source=url)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error:
        raise FetchError("It is packed and damaged.", source=url, temporary=True) from None
    if not unpacker.eof:
        raise FetchError("It is packed and ends too early.", source=url, temporary=True)
    return bytes(out)


def _late(url: str, limits: Limits) -> FetchError:
    return FetchError(f"It took longer than {limits.total:g} seconds.", source=url, temporary=True)


def _told(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of the site is not valid ({error.verify_message})."
    if isinstance(error, TimeoutError):
        return "It did not answer in time."
    if isinstance(error, http.client.IncompleteRead):
        return "The connection was cut before the end."
    return f"It cannot be fetched ({str(error) or type(error).__name__})."
