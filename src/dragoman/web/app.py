"""The application: the limits and the guard, static files, the routers of the pages, how errors are told."""

from __future__ import annotations

import hashlib
import logging

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from dragoman.errors import DragomanError
from dragoman.web.charts import router as charts
from dragoman.web.keeper import Keeper
from dragoman.web.limits import Limits
from dragoman.web.pages import navigation, routers, warmers
from dragoman.web.pages.base import told_dragoman_error, told_error
from dragoman.web.rendering import STATIC
from dragoman.web.security import Guard
from dragoman.web.settings import Settings

_log = logging.getLogger("dragoman.web")


def create_app(settings: Settings) -> FastAPI:
    """The workbench of one record; raises `UsageError` when there is no record in the folder."""
    app = FastAPI(title="Dragoman", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.keeper = Keeper(settings.record, warmers())
    app.state.nav = navigation()
    app.state.assets = _digest()
    app.add_middleware(Guard, settings=settings, failed=_failure)
    if settings.rate is not None:
        app.add_middleware(Limits, rate=settings.rate)  # what is added last is asked first
    app.include_router(charts)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in routers():
        app.include_router(router)
    app.add_exception_handler(DragomanError, _dragoman_error)
    app.add_exception_handler(HTTPException, _http_error)
    return app


def _dragoman_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DragomanError)
    return told_dragoman_error(request, error)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "There is no such page.", 405: "This address does not take that."}
    return told_error(request, error.status_code, words.get(error.status_code, error.detail), error.headers)


def _failure(request: Request, error: Exception) -> Response:
    _log.error("%s failed", request.url.path, exc_info=error)
    return told_error(request, 500, "The page could not be made. The window in which Dragoman runs says why.")


def _digest() -> str:
    """Changes with our style sheet and script, so that browsers fetch them anew."""
    found = hashlib.sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]
