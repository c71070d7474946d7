"""`dragoman series`: cooperation and conflict of two parties over time, with turning points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from dragoman.cli.options import AsOfOption, MinConfidenceOption, RecordOption, SinceOption, UntilOption

if TYPE_CHECKING:
    from dragoman.analysis.dyads import Direction, Voices
    from dragoman.analysis.series import Period, Series
    from dragoman.analysis.turning import Turn
    from dragoman.cli.ties.asked import Asked

DIRECTIONS = ("both", "out", "back")


def series(
    one: Annotated[str, typer.Argument(metavar="A", help="A state by code or name, a person or a body.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    record: RecordOption,
    by: Annotated[str | None, typer.Option("--by", metavar="PERIOD", help="day, week, month, quarter or year.")] = None,
    direction: Annotated[
        str, typer.Option(metavar="WAY", help="both; out: what A does to B; back: what B does to A.")
    ] = "both",
    voices: Annotated[
        str, typer.Option(metavar="WHOSE", help="all; others: without media of A's and B's states; own: only those.")
    ] = "all",
    since: SinceOption = None,
    until: UntilOption = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
) -> None:
    """Show by period how many incidents there were, their mean PLOVER score, its index, and where it turned."""
    from dragoman.analysis.dyads import VOICES, between, told_by
    from dragoman.analysis.series import PERIODS
    from dragoman.analysis.series import series as make_series
    from dragoman.analysis.turning import turning_points
    from dragoman.cli.ties.asked import asked, one_of

    period = cast("Period", one_of(by, PERIODS, "by")) if by is not None else None
    way = cast("Direction", one_of(direction, DIRECTIONS, "direction"))
    whose = cast("Voices", one_of(voices, VOICES, "voices"))
    found = asked(record, (one, other), as_of=as_of, since=since, until=until, min_confidence=min_confidence)
    sides = found.subjects[0].holds, found.subjects[1].holds
    chosen = told_by(between(found.within(), *sides, way), whose)
    made = make_series(chosen, found.span.first, found.span.last, period=period)
    turns = turning_points(made) if made is not None else ()
    if json:
        _write_json(found, made, turns, way, whose)
    else:
        _print(found, made, turns, way, whose)


def _write_json(found: Asked, made: Series | None, turns: tuple[Turn, ...], way: str, whose: str) -> None:
    from dragoman.cli.ties.rows import ids, index_row, print_json

    points: list[dict[str, Any]] = [
        {
            "start": point.start.isoformat(),
            "label": point.label,
            "count": len(point.found),
            "by_quad": list(point.by_quad),
            "by_type": point.by_type,
            "mean": point.mean,
            "index": index_row(point.index),
            "incidents": ids(point.found),
        }
        for point in (made.points if made is not None else ())
    ]
    turned = [
        {
            "start": turn.start.isoformat(),
            "before": turn.before,
            "after": turn.after,
            "incidents_before": turn.count_before,
            "incidents_after": turn.count_after,
            "gain": turn.gain,
            "incidents": ids(turn.made_by),
        }
        for turn in turns
    ]
    left_out = {name: getattr(made, name, 0) for name in ("undated", "coarse", "outside")}
    print_json(
        {
            "sides": [subject.name for subject in found.subjects],
            "direction": way,
            "voices": whose,
            "period": made.period if made is not None else None,
            "points": points,
            "turning_points": turned,
            "left_out": left_out,
        }
    )


def _print(found: Asked, made: Series | None, turns: tuple[Turn, ...], way: str, whose: str) -> None:
    from rich.console import Console

    from dragoman.cli.ties.rows import line, signed, table

    console = Console(highlight=False, markup=False)
    title = _title(found, way, whose)
    if made is None:
        console.print(f"{title}: nothing that took place has a usable date.")
        return
    console.print(f"{title}, by {made.period}: {sum(len(p.found) for p in made.points)} incidents.\n")
    rows = table(made.period, "+words", "+deeds", "-words", "-deeds", "mean", "index, 95 %", "types", wide="types")
    empty = 0
    for point in made.points:
        if not point.found:
            empty += 1
            continue
        if empty:
            rows.add_row(f"({empty} empty)")
            empty = 0
        interval = f"{signed(point.index.mean)} ({signed(point.index.low)} to {signed(point.index.high)})"
        mean = signed(point.mean) if point.mean is not None else ""
        counts = [str(count or "") for count in point.by_quad]
        types = ", ".join(f"{kind} {count}" if count > 1 else kind for kind, count in point.by_type.items())
        rows.add_row(point.label, *counts, mean, interval, types)
    console.print(rows)
    console.print(f"\n{_left_out(made)}")
    for turn in turns:
        words = "Turns to cooperation" if turn.rises else "Turns to conflict"
        levels = f"from {signed(turn.before)} ({turn.count_before}) to {signed(turn.after)} ({turn.count_after})"
        console.print(f"\n{words} in {turn.label}: mean {levels}")
        for each in turn.made_by:
            console.print(f"  {line(each, words=True)}")
    if not turns:
        console.print("No turning point stands out from the scatter of the scores.")


def _title(found: Asked, way: str, whose: str) -> str:
    one, other = found.name(0), found.name(1)
    title = {"both": found.names, "out": f"{one} to {other}", "back": f"{other} to {one}"}[way]
    told = {"all": "", "others": ", without the parties' own media", "own": ", by the parties' own media"}[whose]
    return title + told


def _left_out(made: Series) -> str:
    reasons = (
        (made.undated, "without a date"),
        (made.coarse, f"dated more coarsely than a {made.period}"),
        (made.outside, "far before the first article or after the last"),
    )
    listed = "; ".join(f"{number} {why}" for number, why in reasons if number)
    told = (
        "+ is cooperation, - conflict. The index draws the mean of a period with few incidents to that of the whole "
        "series (docs/ties.md)."
    )
    return f"Left out: {listed}. {told}" if listed else told
