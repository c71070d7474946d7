import pytest

from dragoman.reading.days import Day, iso_day, read_date_line, read_day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Aug. 2", Day(None, 8, 2)),
        ("September 14", Day(None, 9, 14)),
        ("2 August 2024", Day(2024, 8, 2)),
        ("Sept. 3rd, 2024", Day(2024, 9, 3)),
        ("2024-08-02", Day(2024, 8, 2)),
        ("2.8.2024", Day(2024, 8, 2)),
        ("10/21/2023", Day(2023, 10, 21)),
        ("21/10/2023", Day(2023, 10, 21)),
    ],
)
def test_days_read_written_forms(written: str, day: Day) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize("written", ["03/04/2024", "August", "2024", "Monday", "Marching 3", "2024-08/02"])
def test_days_leave_what_is_no_day_or_could_be_two(written: str) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    ("month", "day", "published", "expected"),
    [
        (8, 2, "2024-08-02", "2024-08-02"),
        (12, 31, "2024-01-02", "2023-12-31"),  # filed on the last day of the old year
        (1, 1, "2023-12-31", "2024-01-01"),  # the paper of the next day
        (7, 28, "2024-12-01", "2024-07-28"),
        (8, 20, "2024-08-02", None),  # neither just after nor in the half year before
        (2, 29, "2023-03-01", None),  # no such day that year
        (8, 2, None, None),
    ],
)
def test_days_take_the_year_from_publication(month: int, day: int, published: str | None, expected: str | None) -> None:
    assert Day(None, month, day).near(published) == expected


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("October 21, 2023", "2023-10-21"),
        ("Saturday, 21 October 2023", "2023-10-21"),
        ("Published: Oct. 21, 2023 10:30 AM EDT", "2023-10-21"),
        ("Updated 21 October 2023 | 3 min read", "2023-10-21"),
        ("2023-10-21T08:00:00Z", "2023-10-21"),
        ("03/04/2023", None),
    ],
)
def test_days_know_a_line_that_is_only_a_date(line: str, day: str | None) -> None:
    assert read_date_line(line) == (True, day)


@pytest.mark.parametrize("line", ["October 21, 2023 was a Saturday.", "October 21", "In October 2023", "2023", ""])
def test_days_leave_other_lines(line: str) -> None:
    assert read_date_line(line) == (False, None)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-08-02", "2024-08-02"),
        ("2024-08-02T23:59:00-11:00", "2024-08-02"),
        (" 2024-08-02 10:00 ", "2024-08-02"),
        ("2024-02-30", None),
        ("20240802", None),
        ("2024-8-2", None),
        ("0001-01-01", None),
        ("2024-08-02Tnoon", None),
        ("yesterday", None),
    ],
)
def test_days_iso_day(value: str, day: str | None) -> None:
    assert iso_day(value) == day
