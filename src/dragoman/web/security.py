"""What stands between a request and the pages: host check, password, the token of writes, the cap, and the headers.

One ASGI middleware for all routes, so that no page can forget any of it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.errors import ForbiddenError, RefusedError, TooLargeError, TooLongError
from dragoman.web.headers import HEADERS
from dragoman.web.refusals import refusal
from dragoman.web.settings import Settings, is_loopback

TOKEN_FIELD: Final = "token"
TOKEN_HEADER: Final = "x-dragoman-token"
ADDRESS_LIMIT: Final = 8192
"""Letters that an address may have."""
GUESS: Final = 0.5
"""Seconds that a wrong password costs."""
Failed = Callable[[Request, Exception], Response]
# Twins take no writes: `pages.base.action` sees to it, so they may say so themselves (405).
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """ASGI middleware: lets a request through, or answers with the reason why not; sets the headers of every answer.

    `failed` makes the answer to an error that nobody foresaw: here, because Starlette's own place for that lies outside
    all middleware, where the headers would be missing.
    """

    def __init__(self, app: ASGIApp, settings: Settings, failed: Failed) -> None:
        self._app = app
        self._settings = settings
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request and pass it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        try:
            headers = Headers(scope=scope)
            _check_length(scope)
            _check_host(headers.get("host", ""), self._settings)
            user = self._user(headers)
            if user is None:
                if "authorization" in headers:
                    await asyncio.sleep(GUESS)
                await _ask_password(scope, receive, guarded)
                return
            scope["dragoman.user"] = user
            if scope["method"] not in _SAFE and not scope["path"].endswith(".json"):
                receive = await self._checked_write(scope, headers, receive)
        except RefusedError as error:
            await refusal(scope, error.status, str(error))(scope, receive, guarded)
            return
        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            if begun:
                raise
            await self._failed(Request(scope), error)(scope, receive, guarded)

    def _user(self, headers: Headers) -> str | None:
        """Who asks; None where the password is missing or wrong."""
        given = _basic(headers.get("authorization", ""))
        if self._settings.password is None:
            return self._settings.reviewer
        if given is None or not secrets.compare_digest(given[1].encode(), self._settings.password.encode()):
            return None
        return given[0].strip() or self._settings.reviewer

    async def _checked_write(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        """Refuse a write from elsewhere, without the token, or beyond the cap; else give its body once more."""
        if self._settings.read_only:
            raise ForbiddenError("This workbench is open for reading only. Start it without '--read-only' to decide.")
        _check_origin(headers)
        body = await _body(receive, headers, self._settings.upload_limit)
        token = headers.get(TOKEN_HEADER) or await _token_in(scope, body)
        if not secrets.compare_digest(token.encode(), self._settings.token.encode()):
            raise ForbiddenError(
                "The page that this came from is too old or from another place. Load the page again, and decide again."
            )
        return _replay(body)


def _check_length(scope: Scope) -> None:
    length = len(scope["path"]) + len(scope["query_string"])
    if length > ADDRESS_LIMIT:
        raise TooLongError(f"The address has {length} letters. Up to {ADDRESS_LIMIT} are taken; ask for less at once.")


def _check_host(host: str, settings: Settings) -> None:
    """Refuse a name that a strange site has pointed at this machine (DNS rebinding).

    Beyond loopback any name is taken: the browser sends the password only to the name it was given for.
    """
    if not settings.loopback:
        return
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        name = ""
    if not is_loopback(name):
        raise ForbiddenError(f"The workbench answers at http://127.0.0.1:{settings.port}/ and under no other name.")


def _check_origin(headers: Headers) -> None:
    """Refuse a write that a browser says comes from another site; what is no browser needs only the token."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise ForbiddenError("This came from another site. Decide on the pages of the workbench itself.")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise ForbiddenError("This came from another site. Decide on the pages of the workbench itself.")


async def _body(receive: Receive, headers: Headers, limit: int) -> bytes:
    too_large = TooLargeError(f"The request carries more than the {limit // 1024} KiB that are taken. Send less.")
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > limit:
        raise too_large
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError("The request was broken off.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise too_large
        if not message.get("more_body", False):
            return b"".join(parts)


async def _token_in(scope: Scope, body: bytes) -> str:
    """The token among the fields of a form; '' where there is none."""
    kind = Headers(scope=scope).get("content-type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return ""
    # A scope of its own: Starlette keeps the parsed form in it, and the page is to read the body anew.
    async with Request(dict(scope), _replay(body)).form() as form:
        value = form.get(TOKEN_FIELD, "")
    return value if isinstance(value, str) else ""


def _replay(body: bytes) -> Receive:
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _basic(value: str) -> tuple[str, str] | None:
    """User and password of an Authorization header."""
    scheme, _, encoded = value.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None


async def _ask_password(scope: Scope, receive: Receive, send: Send) -> None:
    words = "This workbench asks for a password. Give your name as the user; it is kept with what you decide."
    headers = {"WWW-Authenticate": 'Basic realm="Dragoman", charset="UTF-8"'}
    await refusal(scope, 401, words, headers)(scope, receive, send)
