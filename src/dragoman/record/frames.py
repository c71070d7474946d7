"""Arrow tables as pandas and Polars data frames with a type for every column: the one place where that is decided.

Days become dates, closed sets of words categories, lists and structs stay lists and structs; no column is of type
`object`. Apart from the selections so that the answers of `Record.sql` become frames in the same way.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record.filters import STATUSES, TYPES

if TYPE_CHECKING:
    import pandas
    import polars

Categories = Mapping[str, tuple[str, ...]]
"""By column the words that may stand in it, in the order in which they are to be sorted and shown."""


def event_categories() -> Categories:
    """The closed sets among the columns of events: types and modes as the codebook orders them, statuses."""
    modes = dict.fromkeys(mode for kind in TYPES for mode in load_ontology().type(kind).modes)
    return MappingProxyType({"type": TYPES, "mode": tuple(modes), "status": STATUSES})


class Frames:
    """What has a table: the same rows as Arrow, pandas and Polars."""

    own_categories: ClassVar[Categories] = MappingProxyType({})
    """Closed sets among its columns, beside those of events."""

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        raise NotImplementedError

    def pandas(self) -> pandas.DataFrame:
        """The table of `arrow` as a pandas data frame (see `as_pandas`); `UsageError` without pandas."""
        return as_pandas(self.arrow(), {**event_categories(), **self.own_categories})

    def polars(self) -> polars.DataFrame:
        """The table of `arrow` as a Polars data frame (see `as_polars`); `UsageError` without Polars."""
        return as_polars(self.arrow(), {**event_categories(), **self.own_categories})


def as_pandas(table: pa.Table, categories: Categories | None = None) -> pandas.DataFrame:
    """An Arrow table as a pandas data frame without columns of type `object`.

    Days are `datetime64`, texts pandas' strings, columns with one of the `categories` (by default those of events)
    categorical, numbers and truth values nullable only where one is missing. Lists and structs keep their Arrow type:
    a cell is a list or dict, and `.list` and `.struct` reach into them. A column named like a category that holds
    another word stays text. Raises `UsageError` when pandas is not installed.
    """
    pd = needed("pandas")
    closed = event_categories() if categories is None else categories
    table, columns = _whole_numbers(table), {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        made = _series(pd, column)
        if _is_closed(column, closed.get(name)):
            made = made.astype(pd.CategoricalDtype(list(closed[name])))
        columns[name] = made
    return pd.DataFrame(columns)


def as_polars(table: pa.Table, categories: Categories | None = None) -> polars.DataFrame:
    """An Arrow table as a Polars data frame; columns with one of the `categories` (see `as_pandas`) are `Enum`.

    Raises `UsageError` when Polars is not installed.
    """
    pl = needed("polars")
    closed, table = event_categories() if categories is None else categories, _whole_numbers(table)
    names = [n for n in table.column_names if _is_closed(table[n], closed.get(n))]
    return pl.from_arrow(table).with_columns(pl.col(name).cast(pl.Enum(closed[name])) for name in names)


def needed(package: str) -> Any:
    """A package of the extra `notebooks`; raises `UsageError` where it is not installed."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise UsageError(
            f"'{package}' is not installed. Install Dragoman with 'dragoman[notebooks]', or use arrow()."
        ) from error


def _whole_numbers(table: pa.Table) -> pa.Table:
    """DuckDB's sums of whole numbers come as decimals; they become whole numbers again where they fit."""
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type) and field.type.scale == 0:
            with contextlib.suppress(pa.ArrowInvalid):
                table = table.set_column(place, field.name, table.column(place).cast(pa.int64()))
    return table


def _series(pd: Any, column: pa.ChunkedArray) -> Any:
    """One column; what has no type of pandas' own keeps that of Arrow."""
    kind, is_a = column.type, pa.types
    if is_a.is_string(kind) or is_a.is_large_string(kind):
        return column.to_pandas(types_mapper={kind: pd.StringDtype(na_value=float("nan"))}.get)
    if column.null_count and is_a.is_boolean(kind):
        return column.to_pandas(types_mapper={kind: pd.BooleanDtype()}.get)
    if column.null_count and is_a.is_integer(kind):
        return column.cast(pa.int64()).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    if any(
        test(kind) for test in (is_a.is_boolean, is_a.is_integer, is_a.is_floating, is_a.is_date, is_a.is_timestamp)
    ):
        return column.to_pandas(date_as_object=False)
    return pd.Series(pd.arrays.ArrowExtensionArray(column))


def _is_closed(column: pa.ChunkedArray, words: tuple[str, ...] | None) -> bool:
    if words is None or not pa.types.is_string(column.type):
        return False
    return {word for word in column.unique().to_pylist() if word is not None} <= set(words)
