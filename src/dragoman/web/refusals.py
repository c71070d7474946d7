"""What is answered before anybody looks at the record: as JSON, or as a bare page that holds nothing of the record."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import Scope

from dragoman.web.errors import error_body
from dragoman.web.registered import JSON
from dragoman.web.rendering import bare


def refusal(scope: Scope, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that is not let through."""
    if scope["path"].endswith(".json"):
        return Response(error_body(status, message), status_code=status, media_type=JSON, headers=headers)
    return bare("refused.html", status, headers, message=message)
