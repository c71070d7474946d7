"""One POST to network addresses that were checked, and what its failures mean for whoever asks a model.

The connection is that of `fetching`, with its limits on size and time; no redirect is ever followed, since text and key
are meant for one host only. Apart from it because a certificate that is not valid is final here: a feed is asked again.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping, Sequence

from dragoman.fetching.addresses import Target
from dragoman.fetching.connection import Limits, Response, exchange
from dragoman.fetching.failure import FetchError


def post(target: Target, addresses: Sequence[str], headers: Mapping[str, str], body: bytes, limits: Limits) -> Response:
    """The answer to a POST from the first of the network addresses that takes a connection.

    Raises `FetchError` when it cannot be had within the limits, temporary where another try may succeed.
    """
    try:
        return exchange(target, addresses, headers, limits, body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _told(error, target.url, limits) from None


def _told(error: Exception, url: str, limits: Limits) -> FetchError:
    if isinstance(error, ssl.SSLError):
        why = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
        return FetchError(f"No safe connection can be made ({why}).", source=url)
    if isinstance(error, TimeoutError):
        return FetchError(f"It took longer than {limits.total:g} seconds.", source=url, temporary=True)
    if isinstance(error, http.client.HTTPException):
        return FetchError("It cut the connection before its answer was whole.", source=url, temporary=True)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return FetchError(f"It cannot be reached ({reason}).", source=url, temporary=True)
