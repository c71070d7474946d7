"""The workbench: pages that an analyst keeps open, made by the server out of a record."""

from dragoman.web.app import create_app
from dragoman.web.settings import Settings

__all__ = ["Settings", "create_app"]
