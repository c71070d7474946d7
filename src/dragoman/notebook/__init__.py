"""Dragoman in notebooks: tables with types, ties with their chart, and reports and incidents that show themselves.

>>> import dragoman.notebook
>>> dragoman.notebook.load()  # or, in a cell: %load_ext dragoman.notebook
"""

from dragoman.notebook.dyad import Dyad
from dragoman.notebook.incidents import IncidentFilters, Incidents
from dragoman.notebook.meetings import Meetings
from dragoman.notebook.series import TieSeries
from dragoman.notebook.showing import load, load_ipython_extension
from dragoman.record.frames import as_pandas, as_polars

__all__ = [
    "Dyad",
    "IncidentFilters",
    "Incidents",
    "Meetings",
    "TieSeries",
    "as_pandas",
    "as_polars",
    "load",
    "load_ipython_extension",
]
