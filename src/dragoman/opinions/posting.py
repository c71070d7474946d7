"""One POST over one connection to network addresses that were checked, with limits on size and time.

Like `fetching.connection`, which only gets: here a body goes out, nothing is packed, and no redirect is ever followed,
since text and key are meant for one host only.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from typing import Final

from dragoman.fetching.addresses import PORTS, Target
from dragoman.fetching.connection import Limits, Response
from dragoman.fetching.failure import FetchError

_CHUNK: Final = 64 * 1024


def post(target: Target, addresses: Sequence[str], headers: Mapping[str, str], body: bytes, limits: Limits) -> Response:
    """The answer to a POST from the first of the network addresses that takes a connection.

    Raises `FetchError` when it cannot be had within the limits, temporary where another try may succeed.
    """
    connection = _Pinned(target, addresses, min(limits.idle, limits.total))
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
        connection.request("POST", target.path, body=body, headers={**headers, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        content = _content(answer, limits.size, target.url)
        if late.is_set():  # a body without a length seems to end where the connection was cut
            raise _late(target.url, limits)
        return Response(url=target.url, status=answer.status, headers=fields, body=content)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise _late(target.url, limits) from None
        raise _told(error, target.url, limits) from None
    finally:
        timer.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection that goes to one of the given network addresses, whatever the name may resolve to by now."""

    def __init__(self, target: Target, addresses: Sequence[str], timeout: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self.default_port = PORTS[target.scheme]  # so that the Host header leaves it out
        self.target = target
        self.addresses = addresses
        self.opened: socket.socket | None = None

    def connect(self) -> None:
        """Connect, and for https make sure that the other side is the host that was asked for."""
        self.sock = self.opened = self._connected()
        if self.target.scheme == "https":
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


def _content(answer: http.client.HTTPResponse, limit: int, url: str) -> bytes:
    found = bytearray()
    while chunk := answer.read1(_CHUNK):
        found += chunk
        if len(found) > limit:
            raise FetchError(f"Its answer is larger than {limit:,} bytes.", source=url)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return bytes(found)


def _late(url: str, limits: Limits) -> FetchError:
    return FetchError(f"It did not answer within {limits.total:g} seconds.", source=url, temporary=True)


def _told(error: Exception, url: str, limits: Limits) -> FetchError:
    if isinstance(error, ssl.SSLError):
        why = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
        return FetchError(f"No safe connection can be made ({why}).", source=url)
    if isinstance(error, TimeoutError):
        return _late(url, limits)
    if isinstance(error, http.client.HTTPException):
        return FetchError("It cut the connection before its answer was whole.", source=url, temporary=True)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return FetchError(f"It cannot be reached ({reason}).", source=url, temporary=True)
