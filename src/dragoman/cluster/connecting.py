"""Joining a Ray cluster and leaving it: the address checked first, Ray kept quiet, and nothing told to anybody.

Apart from the coding because Ray's start is all environment and settings.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dragoman.errors import UsageError

LOCAL: Final = "local"
AUTO: Final = "auto"
_PLACE: Final = re.compile(r"(ray://)?([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):(\d{1,5})")
_WAIT: Final = 10.0  # seconds until a machine that does not answer is taken for absent
_QUIET: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_USAGE_STATS_PROMPT_ENABLED": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
_ON_LOOPBACK: Final = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}  # Ray's name for "reachable from other machines"


@contextmanager
def connected(address: str) -> Iterator[None]:
    """Be part of the cluster at an address for a while; a connection that is there already is used and kept.

    `address` is 'auto' (the cluster that this machine is in), 'HOST:PORT' (its head), 'ray://HOST:PORT' (a Ray client
    server) or 'local' (a cluster of this machine's processors, for as long as this takes). Raises `UsageError` for
    anything else, where no cluster answers, and without the extra.
    """
    check_address(address)
    wanted = _QUIET | (_ON_LOOPBACK if address == LOCAL else {})
    os.environ.update({name: value for name, value in wanted.items() if name not in os.environ})
    import ray

    if ray.is_initialized():
        yield
        return
    _start(address)
    try:
        yield
    finally:
        ray.shutdown()


def check_address(address: str) -> None:
    """Raise `UsageError` unless Ray is installed, and the address is one at which something answers."""
    if importlib.util.find_spec("ray") is None or importlib.util.find_spec("pandas") is None:
        raise UsageError("'ray' is not installed. Install Dragoman with 'dragoman[cluster]', on every machine.")
    if address in (LOCAL, AUTO):
        return
    match = _PLACE.fullmatch(address)
    if match is None or not 0 < int(match[3]) < 65536:
        raise UsageError(
            f"'{address}' is no address of a cluster; give 'auto', 'HOST:PORT', 'ray://HOST:PORT' or 'local'."
        )
    try:
        socket.create_connection((match[2].strip("[]"), int(match[3])), timeout=_WAIT).close()
    except OSError as error:
        raise UsageError(
            f"No cluster answers at '{address}' ({error.strerror or error}). 'ray status' on its first machine shows"
            " whether it is up, and at which address."
        ) from error


def _start(address: str) -> None:
    import ray

    logging.getLogger("ray").setLevel(logging.CRITICAL)
    dashboard = False if address == LOCAL else None
    try:
        with _without_a_word():
            ray.init(address=address, log_to_driver=False, logging_level=logging.CRITICAL, include_dashboard=dashboard)
    except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
        why = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        remedy = "Start one with 'ray start --head', or give its address." if address == AUTO else "See 'ray status'."
        raise UsageError(f"The cluster at '{address}' cannot be joined ({why}). {remedy}") from error


@contextmanager
def _without_a_word() -> Iterator[None]:
    """Keep standard error closed to Ray's own native code, which says there that it was told to be quiet."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
