"""Bytes to articles: `read` takes files, folders and standard input and gives `Article`s with their furniture."""

from dragoman.reading.sources import Report, read

__all__ = ["Report", "read"]
