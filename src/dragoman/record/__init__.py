"""The record: a folder of Delta Lake tables with coded articles, appended to in batches and read by DuckDB."""

from dragoman.record.claims import ClaimFilters, ClaimSelection, ReportedClaim
from dragoman.record.filters import EventFilters
from dragoman.record.record import Counts, Record
from dragoman.record.selection import EventSelection
from dragoman.record.writer import RecordWriter

__all__ = [
    "ClaimFilters",
    "ClaimSelection",
    "Counts",
    "EventFilters",
    "EventSelection",
    "Record",
    "RecordWriter",
    "ReportedClaim",
]
