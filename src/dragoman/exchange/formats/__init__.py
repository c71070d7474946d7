"""The record in the forms of other datasets and tools: one file a format; docs/formats.md says what each loses.

`FORMATS` are those written by name, `READERS` those of event datasets that can be read. What a writer takes is its
`unit`: event reports with their coder, or incidents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from dragoman.exchange.formats.feeds import write_atom, write_rss
from dragoman.exchange.formats.ftm import write_ftm, write_ftm_statements
from dragoman.exchange.formats.gdelt import read_gdelt, write_gdelt
from dragoman.exchange.formats.gdelt_mentions import write_gdelt_mentions
from dragoman.exchange.formats.gexf import write_gexf
from dragoman.exchange.formats.graphml import write_graphml
from dragoman.exchange.formats.icalendar import write_icalendar
from dragoman.exchange.formats.icews import read_icews, write_icews
from dragoman.exchange.formats.other import OtherEvent
from dragoman.exchange.formats.plover import read_plover, write_plover
from dragoman.exchange.formats.polecat import read_polecat, write_polecat
from dragoman.exchange.formats.references import write_bibtex, write_csl
from dragoman.exchange.formats.sheet import read_sheet
from dragoman.exchange.formats.tables import Taken, Written
from dragoman.exchange.formats.timeline import write_timeline

Unit = Literal["events", "incidents"]
Reader = Callable[[Path, Taken], Iterator[OtherEvent]]


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written: what it takes, the function, and whether that takes a title as well."""

    unit: Unit
    write: Callable[..., Written]
    titled: bool = False

    def __call__(self, found: Iterable[Any], stream: BinaryIO, title: str) -> Written:
        """Write what was found to a binary stream."""
        return self.write(found, stream, title) if self.titled else self.write(found, stream)


FORMATS: Final[Mapping[str, Format]] = {
    "plover": Format("events", write_plover),
    "polecat": Format("events", write_polecat),
    "gdelt": Format("incidents", write_gdelt),
    "gdelt-mentions": Format("incidents", write_gdelt_mentions),
    "icews": Format("events", write_icews),
    "timeline": Format("incidents", write_timeline),
    "icalendar": Format("incidents", write_icalendar, titled=True),
    "graphml": Format("incidents", write_graphml, titled=True),
    "gexf": Format("incidents", write_gexf, titled=True),
    "ftm": Format("incidents", write_ftm),
    "ftm-statements": Format("incidents", write_ftm_statements),
    "bibtex": Format("events", write_bibtex),
    "csl": Format("events", write_csl),
    "rss": Format("incidents", write_rss, titled=True),
    "atom": Format("incidents", write_atom, titled=True),
}
READERS: Final[Mapping[str, Reader]] = {
    "gdelt": read_gdelt,
    "polecat": read_polecat,
    "icews": read_icews,
    "plover": read_plover,
    "timeline": read_sheet,
}

__all__ = ["FORMATS", "READERS", "Format", "OtherEvent", "Reader", "Taken", "Written"]
