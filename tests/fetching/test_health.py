from __future__ import annotations

from dragoman.fetching.health import DAY, Settled, gone_silent, layout_changed, span

HOURLY = [hour * 3600.0 for hour in range(100)]


def test_health_tells_of_a_source_gone_silent() -> None:
    warning = gone_silent(HOURLY, HOURLY[-1] + 2 * DAY)
    assert warning is not None
    assert "gone silent: nothing new for 2 days, where it used to take 1 hour" in warning


def test_health_leaves_a_source_that_is_seldom() -> None:
    weekly = [week * 7 * DAY for week in range(10)]
    assert gone_silent(weekly, weekly[-1] + 10 * DAY) is None
    assert gone_silent(HOURLY, HOURLY[-1] + 0.9 * DAY) is None
    assert gone_silent(HOURLY[:4], HOURLY[4] + 100 * DAY) is None  # too little is known of it


def settled(*characters: int) -> list[Settled]:
    """The latest first."""
    return [("done" if n else "refused", 0.0, n) for n in characters]


def test_health_tells_of_pages_that_give_less_text() -> None:
    warning = layout_changed(settled(*[100] * 5, *[3000] * 10))
    assert warning is not None
    assert "gave 100 characters of text, those before 3,000" in warning
    assert layout_changed(settled(*[0] * 5, *[3000] * 10)) is not None


def test_health_leaves_pages_that_vary() -> None:
    assert layout_changed(settled(0, 0, 2500, 3500, 4000, *[3000, 2000] * 5)) is None
    assert layout_changed(settled(*[100] * 5, *[3000] * 5)) is None


def test_health_puts_spans_in_words() -> None:
    assert [span(s) for s in (10, 90, 7200, 3 * DAY)] == ["less than a minute", "2 minutes", "2 hours", "3 days"]
