"""[alerts] and [[watch]] of SOURCES.toml: tables in, checked settings out."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING, Final

from dragoman.alerts.watches import EVER, RECENT, AlertSettings, Watch
from dragoman.fetching.addresses import normalise
from dragoman.record.filters import STATUSES, TYPES

if TYPE_CHECKING:
    from dragoman.fetching.table import Table

ALERT_KEYS: Final = ("to", "workbench", "digest", "digest_at", "quiet", "recent")
WATCH_KEYS: Final = (
    "name", "between", "party", "person", "type", "status", "keyword", "min_confidence", "first_since", "turning_point",
)  # fmt: skip
_ENVIRONMENT: Final = "env:"


def read_alerts(table: Table) -> AlertSettings:
    """The [alerts] table; 'env:NAME' in `to` is the address in that environment variable, so that it need not stand
    in the file. Raises `UsageError`.
    """
    table.only(ALERT_KEYS)
    workbench = table.text("workbench")
    if workbench is not None and normalise(workbench) is None:
        raise table.wrong("workbench", f"'{workbench}' is no address that begins with http:// or https://.")
    digest = table.text("digest")
    if digest not in (None, "daily"):
        raise table.wrong("digest", f"'{digest}' is unknown; leave it out or give \"daily\".")
    at = table.text("digest_at")
    return AlertSettings(
        to=tuple(_address(table, each) for each in table.texts("to")),
        workbench=workbench.rstrip("/") if workbench else None,
        digest=digest is not None,
        digest_at=_time(table, "digest_at", at) if at else datetime.time(8),
        quiet=_quiet(table),
        recent=table.seconds("recent", RECENT),
    )


def read_watch(table: Table) -> Watch:
    """One [[watch]]; raises `UsageError` for one that could never fire or always would."""
    table.only(WATCH_KEYS)
    name = table.text("name")
    if name is None:
        raise table.wrong("name", "missing. Every watch needs a name of its own.")
    between = table.texts("between")
    if between and len(between) != 2:
        raise table.wrong("between", 'must be two, such as ["RUS", "PRK"].')
    watch = Watch(
        name=name,
        between=(between[0], between[1]) if between else None,
        party=table.text("party"),
        person=table.text("person"),
        types=_known(table, "type", TYPES),
        statuses=_known(table, "status", STATUSES),
        keywords=table.texts("keyword"),
        min_confidence=table.share("min_confidence"),
        first_since=_first_since(table),
        turning_point=table.flag("turning_point"),
    )
    if watch.turning_point and watch.between is None:
        raise table.wrong("turning_point", "needs 'between': a turning point is one of a tie of two.")
    if not (watch.between or watch.party or watch.person or watch.types or watch.keywords):
        raise table.wrong("name", "this watch has no condition; give between, party, person, type or keyword.")
    return watch


def _address(table: Table, given: str) -> str:
    if not given.startswith(_ENVIRONMENT):
        return given
    value = os.environ.get(given.removeprefix(_ENVIRONMENT), "").strip()
    if not value:
        raise table.wrong("to", f"the environment variable '{given.removeprefix(_ENVIRONMENT)}' is not set.")
    return value


def _known(table: Table, key: str, valid: tuple[str, ...]) -> tuple[str, ...]:
    by_fold = {value.casefold(): value for value in valid}
    given = table.texts(key)
    unknown = next((word for word in given if word.casefold() not in by_fold), None)
    if unknown is not None:
        raise table.wrong(key, f"there is no '{unknown}'. There are: {', '.join(valid)}.")
    return tuple(by_fold[word.casefold()] for word in given)


def _first_since(table: Table) -> float | None:
    value = table.text("first_since")
    if value is None:
        return None
    return EVER if value == "ever" else table.seconds("first_since", EVER, least=86400.0)


def _quiet(table: Table) -> tuple[datetime.time, datetime.time] | None:
    value = table.text("quiet")
    if value is None:
        return None
    start, dash, end = value.partition("-")
    if not dash:
        raise table.wrong("quiet", f"'{value}' is not like \"22:00-07:00\".")
    found = _time(table, "quiet", start), _time(table, "quiet", end)
    if found[0] == found[1]:
        raise table.wrong("quiet", "begins and ends at the same time; nothing would ever be sent.")
    return found


def _time(table: Table, key: str, value: str) -> datetime.time:
    try:
        return datetime.datetime.strptime(value.strip(), "%H:%M").time()
    except ValueError:
        raise table.wrong(key, f"'{value.strip()}' is no time of day, such as 08:00.") from None
